"""The walk through a training step on the canvas: dims the rest, writes at edges, lets a pulse run."""

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from netviz.session.instruments.walk import BIAS, Highlight
from netviz.session.parameters import Parameter
from netviz.views.canvas.layout import Edge, Plan, Rect, Related
from netviz.views.canvas.pill import Pill
from netviz.views.canvas.scene import NetworkScene
from netviz.views.canvas.targets import place_of
from netviz.views.theme import Look

PULSE = 600  # ms
DOT = 0.42  # em, a pulse's radius
MOST_TAGS = 32  # more numbers than that nobody could read; the arithmetic tells the largest
MOVING = {"product": 1, "forward": 1, "backward": -1}  # which way what happens runs along the edges
WHOLE = ("mean", "update")  # these are about every number


def lit(plan: Plan, now: Highlight) -> Related:
    """What stays bright: the moment's units, the edges it is about, and where these come from."""
    units = {(unit.layer, unit.index) for unit in now.units}
    named = {(text.layer, text.to, text.source) for text in now.edges}
    edges = {
        number
        for number, edge in enumerate(plan.edges)
        if now.phase in WHOLE
        or (edge.layer, edge.target, edge.source) in named
        or _leads_in(edge, now, units)
    }
    ends = ((plan.edges[number].layer, plan.edges[number]) for number in edges)
    both = {end for layer, edge in ends for end in ((layer, edge.source), (layer + 1, edge.target))}
    return Related(frozenset(units | both), frozenset(edges))


def _leads_in(edge: Edge, now: Highlight, units: set[tuple[int, int]]) -> bool:
    """Whether an edge leads into a unit of the moment, where that has no edges of its own."""
    return now.phase in ("sum", "activation", "forward") and (edge.layer + 1, edge.target) in units


class Walking(QObject):
    """Draws the moments over a scene; each is there at once, and a pulse runs along the edges once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.now: Highlight | None = None
        self._scene: NetworkScene | None = None
        self._tags: list[Pill] = []
        self._dots: list[tuple[QGraphicsEllipseItem, Edge]] = []
        self._animation = QVariantAnimation(self)
        self._animation.setEasingCurve(QEasingCurve.Type.Linear)
        self._animation.setDuration(PULSE)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self._on_time_passed)
        self._animation.finished.connect(self._clear_dots)

    @property
    def running(self) -> bool:
        """Whether a pulse is under way."""
        return self._animation.state() == QVariantAnimation.State.Running

    def show(self, scene: NetworkScene, look: Look, now: Highlight | None, pulse: bool) -> None:
        """Draw a moment, or none; without a pulse only its end is shown."""
        self._clear()
        self._scene, self.now = scene, now
        if now is None:
            scene.brighten(None)
            return
        bright = lit(scene.plan, now)
        scene.brighten(bright)
        self._tag(scene, look, now)
        if pulse and now.phase in MOVING:
            edges = [scene.plan.edges[number] for number in sorted(bright.edges)]
            self._dots = [(_dot(scene, look), edge) for edge in edges]
            self._on_time_passed(0.0)
            self._animation.start()

    def forget(self) -> None:
        """The scene goes, and what is drawn over it with it."""
        self._animation.stop()
        self._tags, self._dots, self._scene, self.now = [], [], None, None

    def _tag(self, scene: NetworkScene, look: Look, now: Highlight) -> None:
        """The moment's numbers, on ink: they are not the weights, which they cover."""
        taken = list[Rect]()
        texts = now.edges if len(now.edges) <= MOST_TAGS else ()
        for text in sorted(texts, key=lambda text: text.source == BIAS):  # biases find room
            made = Pill(scene.root, look.font(0.95, 600, tabular=True), 0.36 * look.em)
            made.colors(look.color("panel"), look.color("text"), look.color("text"), 0.0)
            at = place_of(scene, Parameter(text.layer, text.to, text.source))
            wide, high = max(made.width(text.text), at.width() * (text.source != BIAS)), made.height
            middles = [at.center()] if text.source != BIAS else _beside(at, wide, high, look.em)
            boxes = [Rect(middle.x() - wide / 2, middle.y() - high / 2, wide, high) for middle in middles]
            free = next((box for box in boxes if not any(box.meets(other) for other in taken)), None)
            if free is None:
                scene.removeItem(made.frame)
                continue
            made.show(text.text, free.x + wide / 2, free.y + high / 2, wide)
            made.frame.setZValue(5)
            taken.append(free)
            self._tags.append(made)

    def _clear(self) -> None:
        self._animation.stop()
        self._clear_dots()
        for tag in self._tags:
            if self._scene is not None:
                self._scene.removeItem(tag.frame)
        self._tags = []

    def _clear_dots(self) -> None:
        for dot, _ in self._dots:
            if self._scene is not None:
                self._scene.removeItem(dot)
        self._dots = []

    def _on_time_passed(self, share: object) -> None:
        if self.now is None or not isinstance(share, float):
            return
        along = share if MOVING.get(self.now.phase, 1) > 0 else 1 - share
        for dot, edge in self._dots:
            (x0, y0), (x1, y1) = edge.start, edge.end
            dot.setPos(QPointF(x0 + (x1 - x0) * along, y0 + (y1 - y0) * along))


def _beside(dot: QRectF, wide: float, high: float, em: float) -> list[QPointF]:
    """Where a bias's number may stand: over its usual one left of the dot, lower, or below the dot."""
    left = dot.left() - 0.1 * em - wide / 2
    level = dot.center().y()
    heights = (level + 0.2 * em, level - 0.2 * em, level + 0.6 * high)
    below = QPointF(dot.center().x() - 0.2 * wide, dot.bottom() + 0.1 * em + high / 2)
    return [*(QPointF(left, y) for y in heights), below]


def _dot(scene: NetworkScene, look: Look) -> QGraphicsEllipseItem:
    radius = DOT * look.em
    made = QGraphicsEllipseItem(-radius, -radius, 2 * radius, 2 * radius, scene.root)
    made.setBrush(look.color("text"))
    made.setPen(QPen(look.color("background"), max(2.0, look.line), Qt.PenStyle.SolidLine))
    made.setZValue(1)
    return made
