"""How wrong each twin is, over all epochs so far, beside the least that a flat surface can reach."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from netviz.core.network import Array
from netviz.session import selectors
from netviz.session.actions import SetLogLoss
from netviz.session.engine import epoch_steps
from netviz.session.instruments.loss_reading import (
    Now,
    floor_sentence,
    loss_label,
    loss_text,
    now,
)
from netviz.session.state import State
from netviz.session.text import shown
from netviz.views.drawing.crosshair import Crosshair
from netviz.views.drawing.gaps import Gaps, gap_words, gaps_shown
from netviz.views.drawing.marks import arrow
from netviz.views.drawing.plots import CURVE, DOT, Axis, Chart, Curve, Text, crisp, crossed, place, whole
from netviz.views.panel import Panel, Place
from netviz.views.theme import LABEL, TITLE, Look, dress

FIRST_EPOCHS = 300  # the axis starts with these and doubles when they are over
LINEAR = Axis(0.0, 1.0, ((0, "0"), (0.25, "¼"), (0.5, "½"), (0.75, "¾"), (1, "1")))
LOG = Axis(-8.0, 0.0, ((-8, "10⁻⁸"), (-6, "10⁻⁶"), (-4, "10⁻⁴"), (-2, "10⁻²"), (0, "1")))
FAINT = 0.45  # of a ghost's colour
SAMPLES = 60  # points of a curve that labels keep off
ROWS = 8  # places above the floor that its words try
AWAY = 0.5  # em, from a dot to its label
LABEL_ROW = 1.5  # em, the height that a twin's label takes beside its dot


def epoch_axis(furthest: float) -> Axis:
    """The epochs: 0 to 300, doubled until all fit; it never slides."""
    high = FIRST_EPOCHS
    while high < furthest:
        high *= 2
    ticks = tuple((value, f"{value:,}".replace(",", "\u2009")) for value in range(0, high + 1, high // 3))
    return Axis(0, high, ticks, "epoch")


class TwinItems(NamedTuple):
    """What the chart shows of one twin."""

    curve: Curve
    ghost: Curve  # of the run that a change cut short
    dot: QGraphicsEllipseItem
    label: Text  # beside the dot
    peak: Text  # where the curve leaves the frame at its top
    arrow: QGraphicsPathItem


class LossPanel(Panel):
    """The loss chart: fixed axes, both twins, the floor, and a crosshair that reads any epoch."""

    def __init__(self, twin: int = 0) -> None:
        super().__init__(twin)
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.chart = Chart()
        self.chart.spill()
        self.log = QPushButton("log", self.chart)
        self.log.setCheckable(True)
        self.log.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click Space is still Train
        self.log.setProperty("role", "small")
        self.log.setCursor(Qt.CursorShape.PointingHandCursor)
        self.log.setAccessibleName("Logarithmic scale")
        self.log.setToolTip("Each line a hundredth of the one above: shows how small a loss gets.")
        self.log.clicked.connect(lambda on: self.acted.emit(SetLogLoss(on)))
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.title)
        self.column.addWidget(self.chart, 1)
        self.region = QGraphicsRectItem()
        self.floor = QGraphicsLineItem()
        self.playhead = QGraphicsLineItem()
        for z, item in enumerate((self.region, self.playhead, self.floor)):
            item.setZValue(z - 10)
            self.chart.scene().addItem(item)
        self.words = Text(self.chart)
        self.crosshair = Crosshair(self.chart, self.log)
        self.gaps = Gaps(self.chart)
        self.twins: list[TwinItems] = []
        self.now: dict[int, Now] = {}
        self.ghostly: object = (None, False, 0)  # what the ghosts were drawn from
        self.columns = 0  # how many lows and highs the curves were drawn with
        self.state: State | None = None
        self.look: Look | None = None
        self.chart.laid.connect(self._on_chart_laid)
        self.chart.hovered.connect(self._on_chart_hovered)

    def sizeHint(self) -> QSize:
        em = self.look.em if self.look else 16
        return QSize(round(22 * em), round(19 * em))

    def set_look(self, look: Look) -> None:
        self.look = look
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.px(0.3))
        dress(self.title, look, "text", TITLE, 700)
        self.log.ensurePolished()
        self.log.setFont(look.font(LABEL))
        self.region.setBrush(look.color("tint"))
        self.region.setPen(QPen(Qt.PenStyle.NoPen))
        self.floor.setPen(QPen(look.color("text"), whole(look.line)))
        self.playhead.setPen(QPen(look.color("outline"), max(1.0, look.line / 2), Qt.PenStyle.DotLine))
        for twin in range(len(self.twins)):
            self._dress_twin(twin, look)
        self.chart.set_look(look)
        if self.state is not None:
            self._show(self.state)

    def show_state(self, old: State | None, new: State) -> None:
        self.state = new
        watched = ("frame", "history", "furthest", "view", "log_loss", "experiment", "playing", "selected")
        if old is None or any(getattr(old, name) is not getattr(new, name) for name in watched):
            self._show(new)

    def sentence(self, state: State) -> str:
        name, epoch = loss_label(state), selectors.epoch_number(state, state.step)
        told = [
            f"{selectors.side(twin)} {shown(selectors.loss(state, twin), 3)}"
            for twin in selectors.visible_twins(state)
        ]
        told.extend(gap_words(gaps_shown(state)))
        floor = floor_sentence(state)
        return f"{name} at epoch {epoch}: {', '.join(told)}{'; ' + floor if floor else ''}."

    # ---------------------------------------------------------------------------------- drawing
    def _show(self, state: State) -> None:
        if self.look is None:
            return
        self.title.setText(f"How wrong? {loss_label(state)}")
        self.log.setChecked(state.log_loss)
        steps = epoch_steps(state.experiment)
        with_blocked = self.chart.blockSignals(True)  # all is placed below, once
        reached = max(state.furthest, state.ghost.last_step if state.ghost else 0)
        self.chart.set_axes(epoch_axis(reached / steps), LOG if state.log_loss else LINEAR)
        self.chart.blockSignals(with_blocked)
        self._make_twins(len(state.frame.states), self.look)
        first, last = 0, state.history.count
        self.columns = self._columns()
        envelope = state.history.envelope(first, last, self.columns)
        epochs = envelope.rows * state.history.every / steps
        curves = envelope.within(self.columns)
        across = curves.rows * state.history.every / steps
        here = range(len(state.frame.states))
        for twin in here:
            items = self.twins[twin]
            seen = twin in selectors.visible_twins(state)
            x, y = drawn(across, curves.low[:, twin], curves.high[:, twin])
            items.curve.show_data(x, self._height(y))
            for item in items:
                item.setVisible(seen)
        self._show_ghost(state, steps)
        self.now = {twin: now(state, twin, epochs, envelope.high[:, twin]) for twin in here}
        if not state.playing:
            self.setAccessibleName(self.sentence(state))
        self._place()

    def _columns(self) -> int:
        """How many lows and highs a curve has room for: closer than half its pen none can be told apart."""
        assert self.look is not None
        return max(50, int(self.chart.frame.width() / max(1.0, self.look.em * CURVE / 2)))

    def _show_ghost(self, state: State, steps: int) -> None:
        """What came of the earlier run, paler, under the curves: they part where the change was made."""
        ghost, columns = state.ghost, self.columns
        key = (ghost, state.log_loss, columns)
        if key == self.ghostly:
            return
        self.ghostly = key
        x, y = np.empty(0), np.empty(0)
        for twin, items in enumerate(self.twins):
            if ghost is not None and twin < ghost.twins:
                envelope = ghost.envelope(0, ghost.count, columns).within(columns)
                epochs = envelope.rows * ghost.every / steps
                x, y = drawn(epochs, envelope.low[:, twin], envelope.high[:, twin])
            items.ghost.show_data(x, self._height(y))

    def _make_twins(self, count: int, look: Look) -> None:
        while len(self.twins) < count:
            dot, arrow = QGraphicsEllipseItem(), QGraphicsPathItem()
            self._add(dot)
            self._add(arrow)
            curve, ghost = (self.chart.add_curve(z - len(self.twins)) for z in (6, 3))
            self.twins.append(TwinItems(curve, ghost, dot, Text(self.chart), Text(self.chart), arrow))
            self._dress_twin(len(self.twins) - 1, look)
        for spare in self.twins[count:]:
            for item in spare:
                item.setVisible(False)

    def _dress_twin(self, twin: int, look: Look) -> None:
        items, color = self.twins[twin], look.twin_color(twin)
        items.curve.setPen(look.twin_pen(twin, look.em * CURVE))
        pale = look.twin_pen(twin, look.em * CURVE / 2)
        faint = QColor(color)
        faint.setAlphaF(FAINT)
        pale.setColor(faint)
        items.ghost.setPen(pale)
        items.dot.setPen(QPen(look.color("panel"), look.em * 0.1))
        items.dot.setBrush(color)
        items.arrow.setPen(QPen(Qt.PenStyle.NoPen))
        items.arrow.setBrush(color)

    def _add(self, item: QGraphicsItem) -> None:
        item.setZValue(8)
        self.chart.scene().addItem(item)

    def _height(self, losses: Array) -> Array:
        """Losses as heights on the axis shown."""
        if self.state is None or not self.state.log_loss:
            return losses
        return np.log10(np.maximum(losses, 1e-300))

    def _on_chart_hovered(self, epoch: float | None) -> None:
        """Read the losses at the epoch under the mouse; None: it has left."""
        if self.state is not None and self.look is not None:
            self.crosshair.show(self.state, self.look, epoch)

    def _on_chart_laid(self) -> None:
        self.log.adjustSize()
        if self.state is not None and self.look is not None and self._columns() != self.columns:
            self._show(self.state)  # a wider chart has room for more of each curve
        else:
            self._place()

    def _place(self) -> None:
        """Put everything that stands in pixels where it belongs, labels last and apart from each other."""
        state, look = self.state, self.look
        if state is None or look is None or not self.twins:
            return
        frame = self.chart.frame
        self.crosshair.hide()
        corner = frame.topRight() + QPointF(-self.log.width() - look.px(0.3), look.px(0.3))
        self.log.move(corner.toPoint())
        seen = selectors.visible_twins(state)
        curves = np.concatenate([self._samples(curve) for twin in seen for curve in self.twins[twin][:2]])
        self.gaps.mark(state, look, self._anchor)
        if self.gaps.line is not None:
            curves = np.vstack([curves, self._level(self.gaps.line)])
        lines = np.vstack([curves, self._floor_samples(state)])
        anchors = {twin: self._anchor(self.now[twin].epoch, self.now[twin].loss) for twin in seen}
        wanted = [self._tell(state, look, twin, anchors[twin]) for twin in seen]
        dots = [self._place_dot(look, twin, anchors[twin]) for twin in seen]
        taken = [QRectF(self.log.geometry())]
        if self.gaps.line is not None:  # their words leave the others their places
            others = self._place_floor(state, look, curves, taken)
            others += 2 * self._place_labels(look, anchors, taken + dots + others, lines)  # they count twice
            taken += self.gaps.place(look, taken[0], lines, others)
        scrubbed = state.step != state.furthest  # curves go on right of the dots: labels lack other places
        taken.extend(self._place_floor(state, look, curves, taken + wanted * scrubbed))
        at = crisp(self.chart.at(state.epoch, 0).x(), self.playhead.pen().widthF())
        self.playhead.setLine(at, frame.top(), at, frame.bottom())
        self.playhead.setVisible(scrubbed)
        taken.extend(dots)
        taken.extend(self._place_labels(look, anchors, taken, lines))
        for twin in seen:
            taken.extend(self._place_peak(look, twin, taken, curves))

    def _place_dot(self, look: Look, twin: int, at: QPointF) -> QRectF:
        radius, dot = look.em * DOT, self.twins[twin].dot
        dot.setRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius))
        return dot.rect()

    def _place_labels(
        self, look: Look, anchors: dict[int, QPointF], taken: list[QRectF], lines: Array
    ) -> list[QRectF]:
        """The upper dot's label above the other's; beside no other dot, where that leaves this order."""
        order, spots = sorted(anchors.items(), key=lambda item: item[1].y()), list[QRectF]()
        for apart in (2 * look.em * DOT, float("inf")):  # nearer dots are one to the eye
            spots = []
            for twin, at in order:
                size = self.twins[twin].label.size
                rows = [QRectF(dot, QSizeF(size[0], 1)) for dot in anchors.values()]
                off = [*taken, *spots, *(row for row in rows if abs(row.y() - at.y()) > apart)]
                spots.append(place(size, at, look.em * AWAY, self.chart.frame, off, lines))
            if all(above.top() < below.top() for above, below in pairwise(spots)):
                break
        for (twin, _), spot in zip(order, spots, strict=True):
            self.twins[twin].label.setPos(spot.topLeft())
        return spots

    def _anchor(self, epoch: float, value: float) -> QPointF:
        """Where a loss stands; beyond the axis at its end."""
        axis = self.chart.axes[1]
        height = float(self._height(np.array([value]))[0])
        return self.chart.at(epoch, min(axis.high, max(axis.low, height)))

    def _samples(self, curve: Curve) -> Array:
        x, y = curve.across, curve.up
        stride = max(1, len(x) // SAMPLES)
        return self.chart.points_at(x[::stride], y[::stride])

    def _level(self, y: float) -> Array:
        """Points of a line across the chart, px."""
        across = np.linspace(self.chart.frame.left(), self.chart.frame.right(), SAMPLES)
        return np.column_stack([across, np.full(SAMPLES, y)])

    def _floor_samples(self, state: State) -> Array:
        """Points of the floor's line, where one is known."""
        value = selectors.affine_floor(state)
        return np.empty((0, 2)) if value is None else self._level(self._anchor(0, value).y())

    def _place_floor(self, state: State, look: Look, curves: Array, taken: list[QRectF]) -> list[QRectF]:
        """The floor's line, the region below it and its sentence; the sentence's place is taken."""
        words, value = floor_sentence(state), selectors.affine_floor(state) or 0.0
        known = selectors.affine_floor(state) is not None
        for item in (self.region, self.floor, self.words):
            item.setVisible(bool(words) and (known or item is self.words))
        if not words:
            return []
        frame, line = self.chart.frame, self._anchor(0, value)
        self.region.setRect(QRectF(line, frame.bottomRight()))
        y = crisp(line.y(), whole(look.line))
        self.floor.setLine(frame.left(), y, frame.right(), y)
        self.words.tell(words, look, look.color("text"), LABEL, 600)
        spot = self._floor_spot(line.y(), look.em, curves, taken)
        self.words.setPos(spot.topLeft())
        white, beside = 0.07 * look.em, 0.4 * look.em  # above and below the letters; to a label
        return [spot.adjusted(-beside, white, 0, -white)]

    def _floor_spot(self, line: float, em: float, curves: Array, taken: list[QRectF]) -> QRectF:
        """Below the line where there is room, or as near above it as nothing runs through the words.

        Above it they leave the rows next to the line to the labels, which stand beside their dots.
        """
        (width, height), frame, pad = self.words.size, self.chart.frame, 0.4 * em
        below = frame.bottom() - line
        left = LABEL_ROW * em * (1 if below > LABEL_ROW * em else 2)
        tops = [line - left - height * (1.2 + 0.9 * step) for step in range(ROWS)]
        tops.insert(0 if below > LABEL_ROW * em + height * 1.25 else ROWS, line + height * 0.2)
        at = frame.right() - pad - width
        spots = [
            QRectF(at, top, width, height) for top in tops if frame.top() < top < frame.bottom() - height
        ]
        button = QRectF(self.log.geometry())
        for spot in spots:
            if spot.intersects(button):
                spot.moveRight(button.x() - pad)
        barred = [self.gaps.run_through(spot, em) + any(map(spot.intersects, taken)) for spot in spots]
        covers = [crossed(spot, curves) + SAMPLES * bars for spot, bars in zip(spots, barred, strict=True)]
        return spots[covers.index(min(covers))] if spots else QRectF(0, line, width, height)

    def _tell(self, state: State, look: Look, twin: int, anchor: QPointF) -> QRectF:
        """Write the twin's name and loss; where they stand best: right above the dot."""
        label, value = self.twins[twin].label, self.now[twin].loss
        beyond = "↑" if value > 1 else "↓" if state.log_loss and value < 10**LOG.low else ""
        told = loss_text(value, state.log_loss) + beyond
        number = "stopped" if self.now[twin].stopped else told
        label.tell(f"{selectors.side(twin)} {number}", look, look.twin_color(twin), 1, 700)
        width, height = label.size
        away = look.em * AWAY
        return QRectF(anchor.x() + away, anchor.y() - away / 2 - height, width, height)

    def _place_peak(self, look: Look, twin: int, taken: list[QRectF], curves: Array) -> list[QRectF]:
        """An arrow at the top with its number, where the curve has been above 1."""
        items, stands = self.twins[twin], self.now[twin]
        shows = stands.peak > max(1.0, stands.loss)
        items.peak.setVisible(shows)
        items.arrow.setVisible(shows)
        if not shows:
            return []
        tip = self.chart.at(stands.peak_epoch, self.chart.axes[1].high)
        items.arrow.setPath(arrow(tip, look.em * 0.35))
        items.peak.tell(shown(stands.peak), look, look.twin_color(twin), LABEL, 600)
        spot = place(items.peak.size, tip, look.em * AWAY, self.chart.frame, taken, curves)
        items.peak.setPos(spot.topLeft())
        far = spot.top() - tip.y() > 2 * spot.height()
        items.peak.setVisible(not far and not any(map(spot.intersects, taken)))  # else it is nobody's
        return [spot]


def drawn(x: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """A curve's points (x, y): one a row where low is high, else both at the same x."""
    if low is high or np.array_equal(low, high, equal_nan=True):
        return x.astype(float), low
    return np.repeat(x, 2), np.column_stack([low, high]).ravel()


PANEL = Place("How wrong?", "loss", 20, "", LossPanel, tab="Loss")
