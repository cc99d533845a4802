"""What is seen of drawings and widgets, as pictures and as numbers."""

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QPainter, QPicture, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from netviz.views.fold.hidden_plane import HiddenPlane
from netviz.views.panels.fold import FoldPanel


def seen(picture: QPicture) -> QImage:
    """What a kept drawing looks like."""
    image = QImage(picture.boundingRect().size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.drawPicture(0, 0, picture)
    painter.end()
    return image


def shades(grabbed: QPixmap) -> np.ndarray:
    """What was painted: (rows, columns, 4), 0 to 255."""
    image = grabbed.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)


def plane_of(panel: FoldPanel, twin: int | None) -> HiddenPlane:
    """A twin's plane in Fold, or for None that of the inputs."""
    return dict(panel.planes)[twin]


def marks(plane: HiddenPlane) -> list[tuple[float, float]]:
    """Where the plane's points are seen."""
    return [(item.pos().x(), item.pos().y()) for item in plane.digits if item.isVisible()]


class Painted(QObject):
    """What of a widget is painted from now on, one region for each time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.regions: list[QRegion] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.regions.append(event.region())
        return False

    @property
    def all(self) -> QRegion:
        """Everything that was painted."""
        found = QRegion()
        for region in self.regions:
            found = found.united(region)
        return found
