"""What a kept drawing looks like, for tests of marks and formulas."""

from PySide6.QtGui import QImage, QPainter, QPicture


def seen(picture: QPicture) -> QImage:
    image = QImage(picture.boundingRect().size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.drawPicture(0, 0, picture)
    painter.end()
    return image
