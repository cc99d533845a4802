"""Steps as their epochs, as people read them."""

from netviz.session import engine
from netviz.session.state import State


def epoch_text(state: State) -> str:
    """Epoch 172, or 3.4 between two epochs."""
    return f"Epoch {epoch_number(state, state.playhead)}"


def epoch_number(state: State, step: int) -> str:
    """A step as its epoch."""
    steps = engine.epoch_steps(state.experiment)
    number = f"{step / steps:,.1f}" if step % steps else f"{step // steps:,}"
    return number.replace(",", " ")
