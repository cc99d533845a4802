"""A line in the loss chart that follows the mouse, and what the losses are there."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsRectItem, QWidget

from netviz.session.engine import epoch_steps
from netviz.session.instruments.loss_reading import reading, row_at
from netviz.session.state import State
from netviz.views.drawing.plots import Chart, Text
from netviz.views.theme import LABEL, Look


class Crosshair:
    """Its line and its words over a chart; hidden at first."""

    def __init__(self, chart: Chart, button: QWidget) -> None:
        """Words keep off the button in the chart."""
        self._chart, self._button = chart, button
        self.line, self.chip = QGraphicsLineItem(), QGraphicsRectItem()
        for z, item in ((-7, self.line), (20, self.chip)):
            item.setZValue(z)
            chart.scene().addItem(item)
        self.readout = Text(chart, 21)
        self.hide()

    def hide(self) -> None:
        """Take it away."""
        for item in (self.line, self.chip, self.readout):
            item.setVisible(False)

    def show(self, state: State, look: Look, epoch: float | None) -> None:
        """Read the losses of the recorded step nearest to an epoch; None takes the crosshair away."""
        row = None if epoch is None else row_at(state, epoch)
        if row is None:
            self.hide()
            return
        for item in (self.line, self.chip, self.readout):
            item.setVisible(True)
        self.line.setPen(QPen(look.color("outline"), max(1.0, look.line / 2), Qt.PenStyle.DotLine))
        self.chip.setBrush(look.color("panel"))
        self.chip.setPen(QPen(look.color("outline"), look.line))
        self.readout.tell(reading(state, row), look, look.color("text"), LABEL, 600)
        step, frame = row * state.history.every, self._chart.frame
        x = self._chart.at(step / epoch_steps(state.experiment), 0).x()
        width, height = self.readout.size
        pad = look.em * 0.3
        left = min(max(frame.left() + 2 * pad, x - width / 2), frame.right() - width - 2 * pad)
        chip = QRectF(left, frame.top() + 2 * pad, width, height).adjusted(-pad, -pad / 2, pad, pad / 2)
        if chip.intersects(QRectF(self._button.geometry())):
            chip.moveTop(self._button.geometry().bottom() + pad)
        self.readout.setPos(chip.left() + pad, chip.top() + pad / 2)
        self.chip.setRect(chip)
        self.line.setLine(x, frame.top(), x, frame.bottom())
