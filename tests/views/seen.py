"""What is seen of drawings and widgets, as pictures and as numbers."""

import numpy as np
from PySide6.QtGui import QImage, QPainter, QPicture, QPixmap


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
