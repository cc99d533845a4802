"""Where everything is while presenting: pure functions from the screen's size to rectangles."""

from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize

from netviz.app.layouts import Shown, stacked
from netviz.session import selectors
from netviz.session.cards import ASK
from netviz.session.state import State

LAYOUT = "present"
LIST = "lesson"  # the list of lessons has the whole page
LEAST, TEXT = 0.027, 30 / 1080  # of the screen's height: the smallest text, and the usual one
NARROWEST = 46  # em: a screen narrower than that has smaller text
BAND = 0.2  # of the height: the lesson's sentences
FOOT, STRIP, SIDE = 2.5, 8.1, 10.2  # em: the dots and what is next; the arithmetic; choices and notes
NOTES_BESIDE = 56  # em: in a narrower hall notes alone stand in the band
PAD = 1.6  # em, from the screen's edge
RULE = 0.1  # em
TIME = 3.4  # em: the bottom bar, with marks above and below its line
HEADER = 2.3  # em: a verdict over its network, so low that the units keep their numbers


class Staged(NamedTuple):
    """What asks for room: the visible twins, and what the card, if there is one, shows."""

    twins: tuple[int, ...]
    card: bool = False
    page: bool = False  # an instrument
    surfaces: bool = True  # beside it
    strip: bool = False
    side: bool = False  # choices or notes
    notes: bool = False  # nothing but notes


def staged(state: State, page: bool) -> Staged:
    """What a state asks room for; `page` says whether an instrument is open."""
    twins, reading = selectors.visible_twins(state), state.reading
    if reading is None:
        return Staged(twins, page=page, surfaces=state.opened != LIST)
    card, asks = reading.card, reading.beat == ASK
    side = card.question is not None or bool(card.notes)
    notes = bool(card.notes) and card.question is None
    return Staged(twins, True, page, card.surfaces, card.strip and page and not asks, side, notes)


def stage_em(width: int, height: int) -> int:
    """The size of a presentation's labels, px."""
    return max(ceil(LEAST * height), min(round(TEXT * height), width // NARROWEST))


def notes_above(width: int, em: float) -> bool:
    """Whether notes stand in the band: in a narrow hall a column would take the units' numbers."""
    return width < NOTES_BESIDE * em


def arrange_stage(size: QSize, em: int, staged: Staged) -> dict[str, QRect]:
    """The rectangle of everything that a hall sees, by name."""
    width, height = size.width(), size.height()
    if not staged.card:
        foot = round(TIME * em)
        found = {"foot": QRect(0, height - foot, width, foot), "bottom": QRect(0, height - foot, width, foot)}
        return found | _middle(QRect(0, 0, width, height - foot), em, staged)
    band, foot = round(BAND * height), round(FOOT * em)
    strip, line = (round(STRIP * em) if staged.strip else 0), max(2, round(RULE * em))
    found = {"band": QRect(0, 0, width, band), "steps": QRect(0, height - foot, width, foot)}
    found["steps rule"] = QRect(0, height - foot, width, line)
    middle = QRect(0, band, width, height - band - foot - strip)
    if strip:
        found["strip"] = QRect(0, middle.bottom() + 1, width, strip)
        found["strip rule"] = QRect(0, middle.bottom() + 1, width, line)
    if staged.side and not (staged.notes and notes_above(width, em)):
        side = round(SIDE * em)
        found["side"] = QRect(width - side, middle.top(), side, middle.height())
        middle.setWidth(width - side)
    return found | _middle(middle, em, staged)


def _middle(middle: QRect, em: int, staged: Staged) -> dict[str, QRect]:
    if staged.page and not staged.surfaces:
        left = em // 2 if staged.strip else round(PAD * em)  # the planes over a strip need the width
        right = em // 2 if staged.card else left
        return {"page": middle.adjusted(left, em // 3, -right, -em // 4)}
    found = stacked(middle, em, LAYOUT, Shown(staged.twins, "instrument" if staged.page else ""))
    for name, rect in found.items():
        if name.startswith("header") and not staged.page:
            rect.setHeight(round(HEADER * em))
    return found
