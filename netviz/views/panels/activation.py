"""What the selected unit does to its sum: its curve and slope, the training points and the probe."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QLabel,
    QVBoxLayout,
)

from netviz.core.activation import Activation
from netviz.core.network import Array, layer_values
from netviz.session import selectors
from netviz.session.sections import looked_at
from netviz.session.state import State, UnitId, races
from netviz.session.text import shown, signed
from netviz.views.drawing.math_text import formula
from netviz.views.drawing.plots import CURVE, Axis, Chart, Curve, Text, place
from netviz.views.drawing.stamps import stamp, stamped
from netviz.views.panel import MOVING, Panel, Place
from netviz.views.theme import INK, LABEL, PAPER, TITLE, Look, dress

FIRST_REACH = 2.0  # the axis starts as −2 to 2 and doubles until every sum fits
MOST_REACH = 1e100  # beyond it a point stands outside the chart
POINTS = 401  # of a curve: odd, so that 0 is one of them
INPUT = "An input: its value is passed on as it is."
OUTPUT = r"\hat{y}"
HALF = 0.5
MANY = 16  # points; more of them have no digits
SMALL, LARGE = 0.25, 0.6  # em, from the middle of a point's mark to its edge: of many, and of a few
NAMED_AT = (0.7, 0.85, -0.7, -0.85)  # where curves may be named, as a share of the axis
MARGIN = 0.12  # of the height, above and below the curves


class Shown(NamedTuple):
    """What the panel shows of a unit."""

    unit: UnitId
    name: str
    activation: Activation
    sums: Array  # (n,) at the training points
    targets: Array  # (n,)
    z: float  # at the probe


def chosen(state: State) -> UnitId:
    """The selected unit; without one the first hidden unit of the first twin shown, or its output."""
    if state.selected is not None and state.selected.twin in selectors.visible_twins(state):
        return state.selected
    return UnitId(selectors.visible_twins(state)[0], 1, 0)


def look_at(state: State) -> Shown | None:
    """Everything about the chosen unit; None for an input, which has no sum."""
    unit = chosen(state)
    if unit.layer == 0:
        return None
    network, params = selectors.net(state, unit.twin), selectors.params(state, unit.twin)
    x, y = looked_at(selectors.settings(state, unit.twin))
    sums = layer_values(network, params, x)[unit.layer - 1][0][:, unit.index]
    z = selectors.sums_at(state, unit.twin, selectors.probe(state))[unit.layer][unit.index]
    activation = network.activations[unit.layer - 1]
    return Shown(unit, selectors.unit_name(state, unit), activation, sums, y[:, 0], float(z))


def reach_of(values: Array) -> float:
    """Half the width of the axis of sums: 2, doubled until all finite values up to MOST_REACH fit."""
    finite = values[np.isfinite(values)]
    most = min(MOST_REACH, float(np.abs(finite).max())) if len(finite) else 0.0
    return FIRST_REACH * 2.0 ** max(0, int(np.ceil(np.log2(max(most, FIRST_REACH) / FIRST_REACH))))


@np.errstate(all="ignore")
def axes(activation: Activation, reach: float) -> tuple[Axis, Axis]:
    """The axes for an activation: they depend on it and on the reach alone, so that nothing slides."""
    z = np.linspace(-reach, reach, POINTS)
    both = np.concatenate([activation.value(z), activation.slope(z), [0.0, 1.0]])
    both = both[np.isfinite(both)]
    low, high = float(both.min()), float(both.max())
    margin = MARGIN * (high - low)
    step = 1.0 if high - low <= 4 else 2.0 ** np.ceil(np.log2((high - low) / 4))
    ticks = [step * k for k in range(int(np.ceil(low / step)), int(high // step) + 1)]
    across = tuple((value, shown(value, 0)) for value in (-reach, -reach / 2, 0.0, reach / 2, reach))
    up = tuple((value, shown(value, 0)) for value in ticks)
    return Axis(-reach, reach, across, "z"), Axis(low - margin, high + margin, up)


class Point(NamedTuple):
    """A training point on the curve, in both of its shapes."""

    circle: QGraphicsEllipseItem
    square: QGraphicsRectItem
    digit: Text


class ActivationPanel(Panel):
    """The activation of one unit, with what it makes of every training point and of the probe."""

    lowest = (17.0, 14.0)
    pace = MOVING

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.title, self.formula, self.character = QLabel(), QLabel(), QLabel()
        self.chart = Chart()
        for label in (self.title, self.character):
            label.setWordWrap(True)
        self.column = QVBoxLayout(self)
        for widget, stretch in ((self.title, 0), (self.formula, 0), (self.chart, 1), (self.character, 0)):
            self.column.addWidget(widget, stretch)
        self.column.addStretch()
        self.slope, self.value = self.chart.add_curve(3), self.chart.add_curve(4)
        self.zero, self.drop = QGraphicsLineItem(), QGraphicsLineItem()
        for z, line in ((-15, self.zero), (5, self.drop)):
            line.setZValue(z)
            self.chart.scene().addItem(line)
        self.points: list[Point] = []
        self.crowd = QGraphicsPixmapItem()  # many of them, while frames race by
        self.crowd.setZValue(7)
        self.chart.scene().addItem(self.crowd)
        self.dot = QGraphicsEllipseItem()
        self.dot.setZValue(9)
        self.chart.scene().addItem(self.dot)
        self.reading = Text(self.chart, 11)
        self.names = (Text(self.chart), Text(self.chart))  # of the two curves
        self.named_at = 0.0  # the sum at which they are well apart
        self.drawn: tuple[str, float] | None = None  # which curve the chart holds
        self.shown: Shown | None = None
        self.state: State | None = None
        self.look: Look | None = None
        self.chart.laid.connect(self._place)

    def sizeHint(self) -> QSize:
        em = self.look.em if self.look else 16
        return QSize(round(22 * em), round(20 * em))

    def set_look(self, look: Look) -> None:
        self.look, self.drawn = look, None
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(0.4))
        dress(self.title, look, "text", TITLE, 700)
        dress(self.character, look, "text")
        self.zero.setPen(QPen(look.color("outline"), max(1.0, look.line / 2)))
        self.drop.setPen(QPen(look.color("text"), look.line, Qt.PenStyle.DotLine))
        self.chart.set_look(look)
        if self.state is not None:
            self._show(self.state)

    def show_state(self, old: State | None, new: State) -> None:
        self.state = new
        watched = ("frame", "experiment", "probe", "selected", "view", "playing")
        if old is None or any(getattr(old, name) is not getattr(new, name) for name in watched):
            self._show(new)

    @np.errstate(all="ignore")
    def sentence(self, state: State) -> str:
        found = look_at(state)
        if found is None:
            return INPUT
        value = float(found.activation.value(np.array(found.z)))
        return (
            f"{found.name} {selectors.side(found.unit.twin)}, {found.activation.label}: at the probe the sum "
            f"{shown(found.z)} becomes {shown(value)}. {found.activation.character}"
        )

    # ---------------------------------------------------------------------------------- drawing
    @np.errstate(all="ignore")
    def _show(self, state: State) -> None:
        if self.look is None:
            return
        self.shown = found = look_at(state)
        if not state.playing:
            self.setAccessibleName(self.sentence(state))
        for widget in (self.chart, self.formula):
            widget.setVisible(found is not None)
        unit = chosen(state)
        name = f"{selectors.unit_name(state, unit)}, {selectors.side(unit.twin)}"
        if found is None:
            self.title.setText(name)
            self.character.setText(INPUT)
            return
        self.title.setText(f"{name}: {found.activation.label}")
        self.character.setText(found.activation.character)
        self._draw_curves(found, self.look)
        self._place()

    def _draw_curves(self, found: Shown, look: Look) -> None:
        """The curves change with the activation, the reach, the twin and the look only."""
        reach = reach_of(np.append(found.sums, found.z))
        key = (f"{found.activation.label} {found.unit.twin}", reach)
        if key == self.drawn:
            return
        self.drawn = key
        self.chart.blockSignals(True)  # what stands in pixels is placed once, after the curves
        self.chart.set_axes(*axes(found.activation, reach))
        self.chart.blockSignals(False)
        sums = reach * np.array(NAMED_AT)
        apart = np.abs(found.activation.value(sums) - found.activation.slope(sums))
        self.named_at = float(sums[np.argmax(np.nan_to_num(apart))])
        z = np.linspace(-reach, reach, POINTS)
        self.value.setPen(look.twin_pen(found.unit.twin, look.em * CURVE))
        self.value.show_data(z, found.activation.value(z))
        pen = QPen(look.color("second"), max(1.0, look.em * 0.1), Qt.PenStyle.DotLine)
        pen.setCosmetic(True)
        self.slope.setPen(pen)
        self.slope.show_data(z, found.activation.slope(z))
        latex = rf"{OUTPUT if found.name == 'ŷ' else 'h'} = {found.activation.formula}"
        self.formula.setPicture(formula(latex, look))
        self.formula.setAccessibleName(f"Formula of {found.activation.label}: {found.activation.formula}")

    @np.errstate(all="ignore")
    def _place(self) -> None:
        """Put the points and the probe on the curve, and the words beside."""
        found, look = self.shown, self.look
        if found is None or look is None or self.drawn is None:
            return
        frame, level = self.chart.frame, self.chart.at(0, 0).y()
        self.zero.setLine(frame.left(), level, frame.right(), level)
        moving = self._many and self.state is not None and races(self.state)
        self._make_points(0 if moving else len(found.sums))
        self.crowd.setVisible(moving)
        if moving:
            self._stamp_points(found, look)
        taken = [] if moving else self._place_points(found, look)
        value = float(found.activation.value(np.array(found.z)))
        told = f"z {signed(found.z)} → {shown(value)}"
        taken += self._place_probe(self.chart.at(found.z, value), level, told, taken, look)
        self._place_names(found, taken, look)

    def _make_points(self, count: int) -> None:
        while len(self.points) < count:
            point = Point(QGraphicsEllipseItem(), QGraphicsRectItem(), Text(self.chart, 8))
            for shape in (point.circle, point.square):
                shape.setZValue(7)
                self.chart.scene().addItem(shape)
            self.points.append(point)
        while len(self.points) > count:
            spare: tuple[QGraphicsItem, ...] = self.points.pop()
            for item in spare:
                self.chart.scene().removeItem(item)

    @property
    def _many(self) -> bool:
        """Whether the points are too many for digits, and for words to keep off each of them."""
        return self.shown is not None and len(self.shown.sums) > MANY

    def _place_points(self, found: Shown, look: Look) -> list[QRectF]:
        """Put every point on the curve; the places that words keep off, where there are a few."""
        values = found.activation.value(found.sums)
        spots = [self.chart.at(*pair) for pair in zip(found.sums.tolist(), values.tolist(), strict=True)]
        taken = [
            self._place_point(point, spot, int(target > HALF), look)
            for point, spot, target in zip(self.points, spots, found.targets, strict=True)
        ]
        return [] if self._many else taken

    def _stamp_points(self, found: Shown, look: Look) -> None:
        """Put many points on the curve as one picture, while frames race by."""
        scale, half, outline = self.chart.devicePixelRatioF(), look.em * SMALL, QPen(INK, look.line)
        places = self.chart.places(found.sums, found.activation.value(found.sums))
        round_, box = found.targets > HALF, QRectF(-half, -half, 2 * half, 2 * half)
        circle, square = QPainterPath(), QPainterPath()
        circle.addEllipse(box)
        square.addRect(box)
        prints = (
            (places[own], stamp(path, PAPER, scale, outline))
            for own, path in ((round_, circle), (~round_, square))
        )
        self.crowd.setPixmap(stamped(prints, self.chart.frame, scale))
        self.crowd.setPos(self.chart.frame.topLeft())

    def _place_point(self, point: Point, spot: QPointF, target: int, look: Look) -> QRectF:
        """A target's mark: a circle with 1, a square with 0; without digits where there are many."""
        many = self._many
        half = look.em * (SMALL if many else LARGE)
        box = QRectF(spot.x() - half, spot.y() - half, 2 * half, 2 * half)
        for shape, seen in ((point.circle, target == 1), (point.square, target == 0)):
            shape.setRect(box)
            shape.setPen(QPen(INK, look.line))
            shape.setBrush(PAPER)
            shape.setVisible(seen)
        point.digit.tell(str(target), look, INK, 0.7, 700)
        width, height = point.digit.size
        point.digit.setPos(spot.x() - width / 2, spot.y() - height / 2)
        point.digit.setVisible(not many)
        return box

    def _place_names(self, found: Shown, taken: list[QRectF], look: Look) -> None:
        """Name the curves where they are well apart, each name looking like its own curve."""
        activation, z = found.activation, np.array(self.named_at)
        curves = np.concatenate([curve_points(self.chart, curve) for curve in (self.value, self.slope)])
        kinds = (
            ("value", activation.value, look.twin_color(found.unit.twin), 700),
            ("slope", activation.slope, look.color("second"), 400),
        )
        for text, (name, curve, color, weight) in zip(self.names, kinds, strict=True):
            text.tell(name, look, color, LABEL, weight)
            spot = self.chart.at(self.named_at, float(curve(z)))
            box = place(text.size, spot, look.em * 0.3, self.chart.frame, taken, curves)
            text.setPos(box.topLeft())
            taken.append(box)

    def _reading_box(self, spot: QPointF, taken: list[QRectF], look: Look) -> QRectF:
        """Beside the probe where that is free of curves and points, else in a corner that is."""
        curves = np.concatenate([curve_points(self.chart, curve) for curve in (self.value, self.slope)])
        (wide, high), frame = self.reading.size, self.chart.frame
        inset = look.em * 0.5
        lefts, tops = (frame.left() + inset, frame.right() - inset - wide), (
            frame.top() + inset, frame.bottom() - inset - high
        )  # fmt: skip
        within = frame.adjusted(0, 0, 0, -inset)
        beside = place(self.reading.size, spot, look.em * 1.1, within, taken, curves)
        spots = [beside, *(QRectF(x, y, wide, high) for y in tops for x in lefts)]
        return min(spots, key=lambda box: covered(box, taken, curves))

    def _place_probe(
        self, spot: QPointF, level: float, told: str, taken: list[QRectF], look: Look
    ) -> list[QRectF]:
        """A ring around the probe's place on the curve, a line down to its sum, and both numbers."""
        radius = look.em * 0.85
        self.dot.setRect(QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius))
        self.dot.setPen(QPen(look.color("text"), 1.5 * look.line))
        self.drop.setLine(spot.x(), level, spot.x(), spot.y())
        self.reading.tell(told, look, look.color("text"), 1, 700)
        box = self._reading_box(spot, [*taken, self.dot.rect()], look)
        self.reading.setPos(box.topLeft())
        return [box, self.dot.rect()]


def covered(box: QRectF, taken: list[QRectF], curves: Array) -> int:
    """How much words in a box would cover: marks and words count more than curves."""
    low, high = (box.left(), box.top()), (box.right(), box.bottom())
    on_curves = int(((curves > low) & (curves < high)).all(axis=1).sum())
    return len(curves) * sum(box.intersects(other) for other in taken) + on_curves


def curve_points(chart: Chart, curve: Curve) -> Array:
    """Points of a drawn curve, px, close enough for words to keep off all of it."""
    return chart.points_at(curve.across[::3], curve.up[::3])


PANEL = Place(
    "Activation", "instrument", 40, "A", ActivationPanel,
    about="What the selected unit makes of each sum",
)  # fmt: skip
