"""The planes of the fold in their row, and what hands do on them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsScene, QGraphicsView

from netviz.views.canvas.gestures import plain, race
from netviz.views.fold.hidden_plane import HALL, HiddenPlane
from netviz.views.fold.plane_row import PlaneRow
from netviz.views.theme import Look

BIG = 1.5  # the arrow in a hall: there it is a button


class PlanesView(QGraphicsView):
    """Looks at the planes and says where a hand pulls."""

    pulled = Signal(QPointF, bool)  # where, and whether the hand has just come down

    def __init__(self) -> None:
        super().__init__()
        plain(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.arrow = QRectF()  # where it is; empty without

    def build(
        self, row: PlaneRow, parts: Sequence[int | None], box: QRectF, legend: float
    ) -> list[tuple[int | None, HiddenPlane]]:
        """Make the planes of twins, or for None that of the inputs; a legend needs so much of the box, px."""
        look, places = row.look, row.places(box.width(), box.height(), legend)
        scene = QGraphicsScene()  # with a parent each would stay until that goes
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        scene.setBackgroundBrush(look.color("panel"))
        scene.setSceneRect(box)
        planes = [
            (part, HiddenPlane(scene, look, place, part)) for part, place in zip(parts, places, strict=True)
        ]
        self.arrow = QRectF()
        if row.arrow:
            across = (places[0].right() + places[1].left()) / 2
            item = _arrow(
                look, BIG if look.layout == HALL else 1.0, QPointF(across, planes[0][1].box.center().y())
            )
            scene.addItem(item)
            self.arrow = item.sceneBoundingRect()
        self.setScene(scene)
        self._scene = scene
        return planes

    def race(self, on: bool) -> None:
        """While frames race by, paint only what `refresh` says; else whatever changes."""
        race(self, on)

    def refresh(self, box: QRectF) -> None:
        """Paint a part of the scene again."""
        self.viewport().update(self.mapFromScene(box).boundingRect().adjusted(-2, -2, 2, 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pulled.emit(event.position(), True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.pulled.emit(event.position(), False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()  # the window's: it fills itself with this panel


def _arrow(look: Look, size: float, at: QPointF) -> QGraphicsPolygonItem:
    """A solid arrow: from the inputs to the hidden layer."""
    em = look.em * size
    outline = ((-1.1, -0.28), (0.3, -0.28), (0.3, -0.75), (1.2, 0), (0.3, 0.75), (0.3, 0.28), (-1.1, 0.28))
    found = QGraphicsPolygonItem(QPolygonF([QPointF(x * em, y * em) for x, y in outline]))
    found.setPos(at)
    found.setBrush(look.color("text"))
    found.setPen(QPen(Qt.PenStyle.NoPen))
    return found
