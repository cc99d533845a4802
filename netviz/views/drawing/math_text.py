"""Formulas as vectors: LaTeX by ziamath to SVG, painted by Qt in any colour and size."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPicture
from PySide6.QtSvg import QSvgRenderer

from netviz.views.drawing.marks import drawing
from netviz.views.theme import Look

DRAWN = 24.0  # px to an em in the SVG; it is scaled when painted


@cache
def svg(latex: str, color: str) -> bytes:
    """The formula as SVG; ValueError says that it cannot be read. The first one costs 0.2 s."""
    import ziamath  # not before a formula is wanted

    ziamath.config.svg2 = False  # Qt reads SVG 1.2 Tiny: no <symbol> and <use>
    return str(ziamath.Latex(latex, size=DRAWN, color=color).svg()).encode()


def formula(latex: str, look: Look, ems: float = 1.0, token: str = "text") -> QPicture:
    """The formula as a picture whose letters are `ems` high as text is."""
    renderer = QSvgRenderer(QByteArray(svg(latex, getattr(look.theme, token))))
    scale = max(ems * look.em, look.text_floor) / DRAWN
    width, height = (max(1.0, side * scale) for side in renderer.defaultSize().toTuple())
    return drawing(width, height, lambda painter: renderer.render(painter, QRectF(0, 0, width, height)))
