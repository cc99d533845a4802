"""The proof card, drawn wherever it is wanted: why no flat surface is XOR, or the line that is AND."""

import re
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from netviz.core.datasets import CORNER_BOX, CORNER_NAMES, CORNERS
from netviz.session import selectors
from netviz.session.instruments import proofs
from netviz.session.instruments.loss_reading import floor_sentence
from netviz.session.instruments.proofs import Proof
from netviz.session.state import State
from netviz.views.drawing.sheet import Run, Sheet
from netviz.views.theme import INK, LABEL, PAPER

At = Callable[[float, float], QPointF]  # from the plane to the page
UNPROVED = "Nothing to prove"
LEAST_PICTURE = 4.0  # em: a smaller picture of the corners says nothing
MARK = 0.27  # of its width: a mark as large still leaves a line between two
BESIDE = 34.0  # em: from this width on the picture stands beside the text
LINES, GAP, INDENT = ("1", "2", "3"), 0.3, 1.3  # em: under each, and right of its number
SIZES = (1.35, 1.25, 1.15)  # em, of the text that has a page of its own


def unproved(state: State) -> str:
    """Why there is no proof, for a problem that is not the four corners or has more inputs."""
    if not selectors.on_corners(state):
        known = selectors.affine_floor(state) is not None
        return f"The proof is about the four corners.{f' Here {floor_sentence(state)}.' if known else ''}"
    return "The proof is about x₁ and x₂ alone: with other inputs a flat surface may do it."


def draw(sheet: Sheet, proof: Proof, box: QRectF, ems: float = 1.0) -> float:
    """Draw the card; return where it ends. Its picture stands at the right, or below if there is room."""
    em, (width, side) = sheet.em, _columns(sheet, box)
    head = _head(sheet, proof, width, ems)
    y = (
        sheet.text(proof.head, QRectF(box.left(), box.top(), width, box.height()), ems=head, weight=700)
        + GAP * em
    )
    indent = INDENT * ems * em
    for number, line in zip(LINES, map(unbroken, proof.lines), strict=True):
        if y + sheet.height(line, width - indent, ems) > box.bottom() + 0.2 * em:
            return y  # a line that does not fit is left out: what is cut cannot be read
        sheet.runs([Run(f"{number}.", weight=700)], box.left(), y + sheet.metrics(ems).height() / 2, ems)
        place = QRectF(box.left() + indent, y, width - indent, box.height())
        y = sheet.text(line, place, ems=ems) + GAP * em
    if side:
        corners(sheet, proof, QRectF(box.right() - side, box.top(), side, side))
    elif box.bottom() - y >= LEAST_PICTURE * em:
        side = min(box.bottom() - y - 0.2 * em, 0.75 * box.width())
        corners(sheet, proof, QRectF(box.left() + (box.width() - side) / 2, y + 0.2 * em, side, side))
    return y


def largest(sheet: Sheet, proof: Proof, box: QRectF) -> float:
    """The size of its text, em: the largest that fits where the picture stands beside it."""
    width, side = _columns(sheet, box)
    return next((ems for ems in SIZES if side and _height(sheet, proof, width, ems) <= box.height()), 1.0)


def _columns(sheet: Sheet, box: QRectF) -> tuple[float, float]:
    """How wide the text is, and the picture beside it, 0 where it has no room there; px."""
    if box.width() <= BESIDE * sheet.em:
        return box.width(), 0.0
    side = min(0.36 * box.width(), box.height(), 18 * sheet.em)
    return box.width() - side - 1.2 * sheet.em, side


def _head(sheet: Sheet, proof: Proof, width: float, ems: float) -> float:
    return sheet.fitting(proof.head, width, 1.1 * ems, 700) or ems


def _height(sheet: Sheet, proof: Proof, width: float, ems: float) -> float:
    """How high head and lines are, px."""
    inner = width - INDENT * ems * sheet.em
    lines = sum(sheet.height(unbroken(line), inner, ems) for line in proof.lines)
    head = sheet.height(proof.head, width, _head(sheet, proof, width, ems), 700)
    return head + lines + (1 + len(proof.lines)) * GAP * sheet.em


def unbroken(line: str) -> str:
    """A line whose sums stay whole: it wraps between sentences, or before the equals sign of letters."""
    whole = re.sub(r" = (?=[\d(−¼½¾⅛⅙])", "\u00a0=\u00a0", line).replace(" now: ", "\u00a0now:\u00a0")
    return whole.replace(" + ", "\u00a0+\u00a0").replace(" = ", " =\u00a0")


def corners(sheet: Sheet, proof: Proof, box: QRectF) -> None:
    """The four corners as targets, with the line that separates them, or the two pairs that cross."""
    em = sheet.em
    low, high = CORNER_BOX

    def at(x: float, y: float) -> QPointF:
        share = (x - low) / (high - low), (y - low) / (high - low)
        return QPointF(box.left() + share[0] * box.width(), box.bottom() - share[1] * box.height())

    sheet.frame(box, PAPER)
    sheet.painter.save()
    sheet.painter.setClipRect(box)
    if proof.kind == "none":
        _crossing(sheet, at)
    else:
        _half(sheet, proof, at)
    sheet.painter.restore()
    for (x, y), name, target in zip(CORNERS.tolist(), CORNER_NAMES, proof.targets, strict=True):
        sheet.target(target, at(x, y), min(1.5 * em, MARK * box.width()))
        away = 1.45 * em if y < 0.5 else -1.45 * em
        if at(1, 1).y() - 1.9 * em > box.top():  # else its frame would cut it
            sheet.centred(name, at(x, y) + QPointF(0, away), INK, LABEL, 600)


def _half(sheet: Sheet, proof: Proof, at: At) -> None:
    """The line on which the best flat surface is one half, dashed as in the fold."""
    (a, b), c = proof.weight, proof.bias - proofs.HALF
    if abs(a) + abs(b) < 1e-9:
        return
    size = a * a + b * b
    foot = -a * c / size, -b * c / size
    path = QPainterPath(at(foot[0] - 3 * b, foot[1] + 3 * a))
    path.lineTo(at(foot[0] + 3 * b, foot[1] - 3 * a))
    pen = QPen(INK, 0.16 * sheet.em, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([3.0, 2.0])
    sheet.path(path, pen)


def _crossing(sheet: Sheet, at: At) -> None:
    """The segments between equal targets: they cross, so no line has one of them on each side."""
    pen = QPen(INK, 0.12 * sheet.em)
    for a, b in (((0, 0), (1, 1)), ((0, 1), (1, 0))):
        path = QPainterPath(at(*a))
        path.lineTo(at(*b))
        sheet.path(path, pen)
