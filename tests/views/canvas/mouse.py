"""What a mouse does on a canvas, and what can be read there; QTest's own way waits for the window system."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from netviz.session import engine, selectors
from netviz.session.actions import FrameArrived
from netviz.session.parameters import BIAS, Parameter
from netviz.session.presets import PRESETS
from netviz.views.canvas.targets import place_of

XOR = PRESETS["xor"].experiment
LANE = (968, 424)
WEIGHT, OTHER, BIAS_1 = Parameter(0, 0, 0), Parameter(1, 0, 1), Parameter(0, 0, BIAS)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def mouse(panel, kind, at, button=NONE, held=NONE, keys=PLAIN):
    place = QPointF(at)
    port = panel.view.viewport()
    QApplication.sendEvent(port, QMouseEvent(kind, place, port.mapToGlobal(place), button, held, keys))


def spot(panel, number):
    """Where a number is seen."""
    return panel.view._camera.to_window(place_of(panel._scene, number)).center().toPoint()


def hover(panel, at):
    mouse(panel, QEvent.Type.MouseMove, at)


def grab(panel, number):
    at = spot(panel, number)
    hover(panel, at)
    mouse(panel, QEvent.Type.MouseButtonPress, at, LEFT, LEFT)
    return at


def drag(panel, at, up, keys=PLAIN):
    mouse(panel, QEvent.Type.MouseMove, at - QPoint(0, up), held=LEFT, keys=keys)


def drop(panel, at):
    mouse(panel, QEvent.Type.MouseButtonRelease, at, LEFT)


def wheel(panel, at, angle, keys=PLAIN):
    port = panel.view.viewport()
    place, phase = QPointF(at), Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, port.mapToGlobal(place), QPoint(), QPoint(0, angle), NONE, keys, phase, False)
    QApplication.sendEvent(port, event)


def value(panel, number, twin=0):
    return float(selectors.params(panel.store.state, twin).layers[number.layer][number.to, number.source])


def shown_at(panel, number):
    if number.source == BIAS:
        return next(
            u for u in panel._scene.units if (u.tile.layer, u.tile.unit) == (number.layer + 1, number.to)
        ).bias.text()
    return next(
        e for e in panel._scene.edges if (e.edge.layer, e.edge.target, e.edge.source) == number
    ).pill.text.text()


def sees(panel, steps):
    """Let training go on by some steps, as the worker would."""
    state = panel.store.state
    request = engine.Request(state.experiment, state.frame.states, until=state.step + steps)
    panel.store.dispatch(FrameArrived(engine.advance(request)))


def place_rect(box):
    return QRectF(*box)


def locks(panel):
    return len(panel.view.extras._locks)
