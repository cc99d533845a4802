"""What the dial's strip is made of: copies of the network as small surfaces, and buttons that show them."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap

from netviz.session import dials, judging
from netviz.session.dials import Copy, percent
from netviz.session.fields import Settings
from netviz.session.sections import Section
from netviz.session.text import shown
from netviz.views.canvas import surfaces
from netviz.views.canvas.items import UNDECIDED_PAPER, hatching
from netviz.views.controls.painted_button import PaintedButton
from netviz.views.drawing.sheet import Sheet
from netviz.views.theme import Look

SIDE = 61  # samples along each side of a small surface
HATCH = 0.8  # em, between the lines of one that is undecided everywhere


class Small(NamedTuple):
    """A small surface of the strip."""

    copy: Copy
    picture: QPixmap | None  # None: undecided everywhere

    @property
    def dial(self) -> float:
        """Where its dial stands."""
        return self.copy.settings.dial

    @property
    def name(self) -> str:
        """What a screen reader says of it."""
        said = f"{dials.TOLD[self.copy.kind]}, loss {shown(self.copy.loss, 3)}"
        return f"Set the dial to {percent(self.dial)}: there {said}"


@lru_cache(maxsize=10)
def _plane(settings: Settings, section: Section) -> surfaces.Plane:
    return surfaces.Plane(settings, section, SIDE)


def small(copy: Copy, section: Section) -> Small:
    """A copy's surface as a picture."""
    found = _plane(copy.settings, section).at(copy.params)
    if judging.kind(copy.settings) == "classes":
        middle, near = judging.threshold(copy.settings)
        if bool((np.abs(found.output - middle) < near).all()):
            return Small(copy, None)
    return Small(copy, surfaces.picture(copy.settings, found.layers[-1]))


class Thumb(PaintedButton):
    """A small surface that sets the dial to its own place."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.look: Look | None = None
        self.shown: Small | None = None

    def show_small(self, shown: Small, look: Look) -> None:
        """Show a surface."""
        self.shown, self.look = shown, look
        self.setAccessibleName(shown.name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.look is None or self.shown is None:
            return
        with QPainter(self) as painter:
            sheet, box = Sheet(painter, self.look), QRectF(self.rect())
            look, picture = self.look, self.shown.picture
            if picture is None:
                sheet.painter.fillRect(box, UNDECIDED_PAPER)
                line = QPen(look.color("hatch"), max(1.0, 0.6 * look.line))
                sheet.painter.setClipRect(box)
                sheet.path(hatching(box, HATCH * look.em), line)
            else:
                sheet.painter.drawPixmap(box, picture, QRectF(picture.rect()))
            loud = self.hasFocus() or self.underMouse()
            width, token = (2.5 * look.line, "text") if loud else (look.line, "outline")
            sheet.frame(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), None, token, width)
