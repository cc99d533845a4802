"""Draws the window or one panel to a file, without a screen: the same State, the same widgets."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

from netviz.session.experiment import Experiment
from netviz.session.runs import state_at
from netviz.session.state import THEMES

KINDS = (".png", ".svg")


def render(experiment: Experiment, arguments: argparse.Namespace) -> int:
    """Write what `netviz render` asks for; ValueError says what is wrong with the request."""
    target = Path(arguments.output)
    if target.suffix.lower() not in KINDS:
        raise ValueError(f"{arguments.output}: expected a {' or '.join(KINDS)} file")
    if arguments.theme not in THEMES:
        raise ValueError(f"no theme {arguments.theme!r}; there are {', '.join(THEMES)}")
    if not 0 <= arguments.twin < len(experiment.own):
        raise ValueError(f"no twin {arguments.twin}; there are {len(experiment.own)}, counted from 0")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the picture must not depend on the screen at hand
    state = replace(state_at(experiment, arguments.step), theme=arguments.theme, hints=frozenset())
    from netviz.app.pictures import panel_picture, window_picture, write

    if arguments.panel:
        picture = panel_picture(state, arguments.panel, arguments.twin, arguments.size)
    else:
        picture = window_picture(state, arguments.size)
    write(picture, target)
    return 0
