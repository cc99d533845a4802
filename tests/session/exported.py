"""What the tests of exports share: cases over activations and shapes, and what netviz answers itself."""

import numpy as np

from netviz.core.activations import ACTIVATIONS
from netviz.core.datasets import DATASETS
from netviz.core.features import FEATURES
from netviz.core.network import forward
from netviz.session import engine
from netviz.session.exchange.export import FORMATS
from netviz.session.runs import state_at
from netviz.session.sources import experiment_from
from netviz.session.state import State

CURVE = "curve=[[-2,1],[-1,-1],[0.5,0.2],[2,2]]"
SHAPES = (("hidden=3",), ("hidden=4,3",), ("hidden=8,8,8",))
CASES = (
    *((*shape, f"activation={name}") for name in ACTIVATIONS for shape in SHAPES),
    *(("hidden=", f"output_activation={name}") for name in ACTIVATIONS),
    *((f"features=x,{name}", "hidden=3") for name in FEATURES),
    (f"features={','.join(FEATURES)}", "activation=tanh"),
    ("features=y", "hidden=1"),
    ("loss=bce", "activation=sigmoid"),
    ("loss=bce", "activation=silu", "features=xy"),
    ("dataset=blobs:4", "loss=cross_entropy", "hidden=6", "activation=elu"),
    ("dataset=sine", "hidden=6", "activation=tanh"),
    ("dataset=sine", "features=x,sin_x"),
    ("dial=0.3", "activation=gelu", "hidden=4"),
    ("dial=0.3", "activation=sin", "hidden=4"),
    ("dial=0", "hidden=4"),
    (CURVE, "activation=drawn", "hidden=4", "output_activation=drawn"),
    (CURVE, "activation=drawn,sin", "dial=0.5", "hidden=4,4"),
    ("hidden=3,3,3", "activation=gaussian,step,leaky_relu", "output_activation=sigmoid"),
)  # fmt: skip


def standing(*values: str, step: int = 0) -> State:
    return state_at(experiment_from("xor", ["seed=3", *values]), step)


def written(name: str, state: State, twin: int = 0) -> bytes:
    return b"".join(FORMATS[name].write(state, twin))


def places(state: State) -> np.ndarray:
    """Points (n, coordinates) over the plane, exact in single precision too."""
    coordinates = DATASETS[state.experiment.base.dataset].inputs
    drawn = np.random.default_rng(0).uniform(-3, 3, (200, coordinates))
    return drawn.astype(np.float32).astype(np.float64)


def answers(state: State, x: np.ndarray, twin: int = 0) -> np.ndarray:
    """What netviz answers (n, outputs) at points, as it shows it."""
    settings = state.experiment.twins_at(state.step)[twin]
    plane = np.zeros((len(x), 2))
    plane[:, : x.shape[1]] = x
    problem, params = engine.problem(settings), state.frame.states[twin].params
    return problem.loss.shown(forward(problem.network, params, engine.inputs(settings, plane)))
