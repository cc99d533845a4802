"""Puts the one hint of a first start beside what is to be pressed."""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from netviz.app.bars.hints import TEXTS, Bubble
from netviz.app.bars.lane import WHOLE, Canvas, LaneHeader
from netviz.app.bars.topbar import TopBar
from netviz.session import selectors
from netviz.session.state import State, UnitId
from netviz.views.theme import Look


def show_hint(
    bubble: Bubble, state: State, look: Look, rects: Mapping[str, QRect], parts: Mapping[str, QWidget]
) -> None:
    """Point at Train or at the first hidden unit, where a hint is due; the probe's own surface shows its."""
    hint, twin = selectors.hint(state), selectors.visible_twins(state)[0]
    header, network = f"header {twin}", f"network {twin}"
    bubble.hide()
    if hint == "train" and not state.filled and "top" in rects and "card" not in rects:
        train = cast(TopBar, parts["top"]).train
        at = QRect(train.mapTo(parts["top"], QPoint(0, 0)) + rects["top"].topLeft(), train.size())
        beside = cast(LaneHeader, parts[header])
        bubble.point(TEXTS[hint], at, below=True, clear=beside.x() + beside.name_left())
    elif hint == "unit" and network in rects and len(selectors.net(state, twin).sizes) > 2:
        at = cast(Canvas, parts[network]).unit_rect(UnitId(twin, 1, 0))
        at.translate(rects[network].topLeft())
        above = rects.get(header, QRect()).height() > WHOLE * look.em  # else it would cover the verdict
        bubble.point(TEXTS[hint], at, below=not above, clear=at.x() + look.px(1.5))
