"""A twin's badge as stock items: Qt paints it without Python, and it stays sharp at any zoom."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from netviz.core.activation import Activation
from netviz.views.drawing import marks


class BadgeItem(QGraphicsPathItem):
    """The rounded square; its axes and the activation's curve lie on it."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._axes, self._curve = QGraphicsPathItem(self), QGraphicsPathItem(self)

    def wear(self, activation: Activation, color: QColor, panel: QColor, size: float, bold: float) -> None:
        """Show an activation in a twin's colour, in a square of `size` px; `bold` is the look's."""
        parts = marks.badge_parts(activation, size, color, panel, bold)
        for item, (path, pen) in zip((self, self._axes, self._curve), parts, strict=True):
            item.setPath(path)
            item.setPen(pen)
        self.setBrush(panel)
