"""The experiments that come with netviz, by name."""

from types import MappingProxyType
from typing import NamedTuple

from netviz.session.experiment import Experiment
from netviz.session.fields import Settings

# default_rng(36), U(-1,1): both ReLU and tanh learn corner XOR from here, and from within 3 % of it.
# Written out because NumPy promises a stream only for one build of itself.
CURATED = (
    (((-0.638733817551661, -0.20352647852866323), (0.7876648071397558, -0.1932279849706664)), ((0.07085310616461005, 0.7507089136405813),)),
    ((0.3660092460559432, 0.022161830427189333), (-0.507896110775552,)),
)


class Preset(NamedTuple):
    """An experiment with its name and the reason for it."""

    name: str
    label: str
    reason: str
    experiment: Experiment


PRESETS = MappingProxyType({
    row.name: row
    for row in (
        Preset(
            "xor", "XOR", "Two ReLU units learn corner XOR from this start; without them nothing can.",
            Experiment(Settings(weights=CURATED)),
        ),
    )
})
