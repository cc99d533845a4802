"""The experiments that come with netviz, by name."""

from types import MappingProxyType
from typing import NamedTuple

from netviz.session.experiment import Experiment
from netviz.session.fields import Settings
from netviz.session.kinds import Value

# default_rng(36), U(-1,1): both ReLU and tanh learn corner XOR from here, and from within 3 % of it.
# Written out because NumPy promises a stream only for one build of itself.
CURATED = (
    (
        ((-0.638733817551661, -0.20352647852866323), (0.7876648071397558, -0.1932279849706664)),
        ((0.07085310616461005, 0.7507089136405813),),
    ),
    ((0.3660092460559432, 0.022161830427189333), (-0.507896110775552,)),
)


# Both units' sums are below 0 at all four corners.
ASLEEP = (
    (((0.6, 0.4), (0.5, 0.7)), ((0.8, -0.6),)),
    ((-1.5, -1.6), (0.1,)),
)


class Preset(NamedTuple):
    """An experiment with its name and the reason for it."""

    name: str
    label: str
    reason: str
    experiment: Experiment


def _preset(name: str, label: str, reason: str, **settings: Value) -> Preset:
    """One with the settings that are its own, beside its twin without activation."""
    return Preset(name, label, reason, Experiment(Settings(**settings)))


_WORKS = (
    _preset(
        "xor", "XOR", "Two ReLU units learn corner XOR from this start; without them nothing can.",
        weights=CURATED,
    ),
    _preset(
        "xor-tanh", "XOR with tanh",
        "tanh bends gently: from the same start it learns XOR too, in about twice as many epochs.",
        weights=CURATED, activation="tanh",
    ),
    _preset(
        "xor-8", "XOR with 8 units", "With eight ReLU units nearly every start learns XOR.",
        hidden=(8,),
    ),
    _preset(
        "quadrant-xor", "Quadrant XOR",
        "The cloud that other tools call XOR: a line gets about 69 % of it right, three ReLU units all.",
        dataset="quadrant_xor", hidden=(3,), loss="bce", learning_rate=0.3, seed=0,
    ),
    _preset(
        "circle", "Circle", "A few straight pieces close around the disc; a single line cannot.",
        dataset="circle", hidden=(4,), loss="bce", learning_rate=0.3,
    ),
    _preset(
        "gauss", "Gaussians", "A line is enough here: both twins learn it, and nothing needs to bend.",
        dataset="gauss", loss="bce", learning_rate=0.3,
    ),
    _preset(
        "spiral", "Spiral", "Two layers of eight tanh units wind along both arms.",
        dataset="spiral", points=400, hidden=(8, 8), activation="tanh", loss="bce", optimizer="adam",
        learning_rate=0.03,
    ),
    _preset(
        "moons", "Moons",
        "The gap between the moons is bent: a straight line leaves some points on the wrong side.",
        dataset="moons", hidden=(8,), loss="bce", learning_rate=0.3,
    ),
    _preset(
        "blobs", "4 blobs",
        "Four classes have four outputs: even flat ones do, as each class wins where its own is highest.",
        dataset="blobs:4", hidden=(4,), loss="cross_entropy", learning_rate=0.3,
    ),
    _preset(
        "sine", "Sine", "Each ReLU unit bends the line once: a few bends make a wave.",
        dataset="sine", features=("x",), hidden=(8,), seed=1,
    ),
    _preset(
        "plane", "Plane", "A slope needs no bend: the flat twin learns it exactly.",
        dataset="plane", activation="tanh", hidden=(4,), learning_rate=0.03,
    ),
)  # fmt: skip

_FAILS = (
    _preset(
        "diverges", "Diverges",
        "A learning rate of 1 is too large: each step of the flat twin lands further away than the last.",
        weights=CURATED, learning_rate=1.0,
    ),
    _preset(
        "overfits", "Overfits",
        "Few noisy points and many units: every training answer becomes right while the test loss rises.",
        dataset="gauss", points=40, noise=50, hidden=(16, 16), activation="tanh", loss="bce", seed=1,
    ),
    _preset(
        "dies", "Dies",
        "Both ReLU units are off at every point: their slope is 0 there, so nothing can wake them.",
        weights=ASLEEP,
    ),
    _preset(
        "stalls", "Stalls",
        "From this start ReLU merges three corners that should differ, and stays at a loss of ⅙.",
        seed=1,
    ),
    _preset(
        "stalls-flat", "Stalls flat",
        "From this start no ReLU unit bends between the corners, so it is as flat as its twin, at ¼.",
        seed=8,
    ),
    _preset(
        "zeros", "All zero",
        "From weights that are all 0 no gradient gets through: only the output's bias moves.",
        initializer="zeros",
    ),
)  # fmt: skip

PRESETS = MappingProxyType({row.name: row for row in (*_WORKS, *_FAILS)})
