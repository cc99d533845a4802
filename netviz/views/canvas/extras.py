"""What lies over a network's picture only when it is asked for: locks, buttons, the ring around a number."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from netviz.session.parameters import BIAS, Parameter
from netviz.views.canvas.layout import Plan
from netviz.views.canvas.pill import Pill, rounded
from netviz.views.canvas.scene import NetworkScene
from netviz.views.canvas.targets import Button, place_of
from netviz.views.theme import Look, mixed

LOCK = 0.62  # em, a lock's width
QUIET = 0.25  # how far a button goes towards the background


class Extras:
    """Items over one scene; without locks and without a mouse there are none to paint."""

    def __init__(self, scene: NetworkScene, look: Look) -> None:
        self._scene, self._look = scene, look
        self._locks: list[QGraphicsPathItem] = []
        self._frozen = frozenset[Parameter]()
        self._buttons: list[Pill] = []
        self.buttons: tuple[Button, ...] = ()  # those that come with the mouse
        self._lasting: list[Pill] = []
        self.lasting: tuple[Button, ...] = ()  # and those that are there without it
        self._ring = QGraphicsPathItem(scene.root)
        self._ring.setPen(QPen(look.color("text"), max(2.0, look.line)))
        self._ring.setZValue(3)
        self._ring.hide()

    def ring(self, at: Parameter | None) -> None:
        """Show which number the mouse can turn."""
        self._ring.setVisible(at is not None)
        if at is not None:
            gap = 0.16 * self._look.em
            box = place_of(self._scene, at).adjusted(-gap, -gap, gap, gap)
            self._ring.setPath(rounded(box, box.height() / 2))

    def show_buttons(self, buttons: Sequence[Button], scale: float = 1.0) -> None:
        """Offer these buttons, quietly, where the plan is seen at a scale."""
        if tuple(buttons) == self.buttons:
            return
        self.buttons = tuple(buttons)
        for old in self._buttons:
            self._scene.removeItem(old.frame)
        self._buttons = [self._button(button, scale) for button in buttons]

    def keep_buttons(self, buttons: Sequence[Button], scale: float = 1.0) -> None:
        """Have these buttons wherever the mouse is, where the plan is seen at a scale."""
        if tuple(buttons) != self.lasting:
            self.lasting = tuple(buttons)
            for old in self._lasting:
                self._scene.removeItem(old.frame)
            self._lasting = [self._button(button, scale) for button in buttons]

    def _button(self, button: Button, scale: float) -> Pill:
        look, box = self._look, button.box
        made = Pill(self._scene.root, look.font(0.9, 600), 0.3 * look.em, 0.3 * look.em)
        text, paper = look.color("text"), look.color("background")
        line = max(1.0, look.line * 0.75)
        outline = mixed(look.color("outline"), paper, QUIET)
        made.colors(mixed(text, paper, QUIET), look.color("panel"), outline, line)
        wide = box.width * scale - 0.15 * look.em
        made.show(button.words, box.x + box.width / 2, box.y + box.height / 2, wide)
        made.frame.setScale(1 / scale)
        made.frame.setZValue(4)
        return made

    def lock(self, frozen: frozenset[Parameter]) -> None:
        """Mark these numbers as frozen."""
        if frozen == self._frozen:
            return
        self._frozen = frozen
        for old in self._locks:
            self._scene.removeItem(old)
        self._locks = [self._lock(at) for at in marked(self._scene.plan, frozen)]

    def _lock(self, frozen: Parameter) -> QGraphicsPathItem:
        look, box = self._look, place_of(self._scene, frozen)
        side = LOCK * look.em
        made = QGraphicsPathItem(lock_path(side), self._scene.root)
        ink = look.color("text")
        made.setPen(QPen(ink, max(1.0, 0.1 * look.em), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        made.setBrush(look.color("panel"))
        at = box.topLeft() if frozen.source == BIAS else box.topRight()
        made.setPos(at.x() - side / 2, at.y() - side * 0.75)
        made.setZValue(2)
        return made


def marked(plan: Plan, frozen: frozenset[Parameter]) -> list[Parameter]:
    """Where locks stand: at each number that is shown; of a unit frozen whole without numbers at its bias."""
    pairs = zip(plan.edges, plan.numbers, strict=True)
    bare = [Parameter(edge.layer, edge.target, edge.source) for edge, middle in pairs if middle is None]
    into = {(at.layer, at.to): [other for other in bare if other[:2] == at[:2]] for at in bare}
    whole = {unit for unit, edges in into.items() if frozen.issuperset((*edges, Parameter(*unit, BIAS)))}
    return sorted(at for at in frozen if at.source == BIAS or (at.layer, at.to) not in whole)


def lock_path(side: float) -> QPainterPath:
    """A padlock `side` wide and a little higher: the body, and the bow above it."""
    path = QPainterPath()
    body = QRectF(0, side * 0.5, side, side * 0.75)
    path.addRoundedRect(body, side * 0.14, side * 0.14)
    bow = QRectF(side * 0.2, 0, side * 0.6, side)
    path.moveTo(bow.left(), body.top())
    path.arcTo(QRectF(bow.left(), bow.top(), bow.width(), bow.width()), 180, -180)
    path.lineTo(bow.right(), body.top())
    return path
