"""The style of the window's own frames, on top of the views' style sheet."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from netviz.session.actions import Action
from netviz.views.panel import Panel
from netviz.views.theme import THEMES, Look

FIRST_LOOK = Look(THEMES["light"], 14, "wide")  # until the window has a size
LARGER, ROOMY = 1.4, (44.0, 24.0)  # how much larger; the page that has room for the plain text, em
FRAMES = """
#top, #foot, #tabs, #column, #card, #steps, #sheet {{ background: {panel}; border: 0 solid {rule}; }}
#top {{ border-bottom-width: {line}px; }}
#foot, #tabs {{ border-top-width: {line}px; }}
#column {{ border-left-width: {line}px; }}
#card {{ border-right-width: {line}px; }}
#black {{ background: black; }}
QLabel[shell="true"] {{ color: {text}; }}
#rule {{ background: {rule}; }}
#train {{ text-align: left; padding-left: {train}px; }}
#message {{ background: {fill}; border: {line}px solid {outline}; }}
"""


def frames(look: Look) -> str:
    """The frames' style sheet: bars and column on the panel's colour, thin rules between them."""
    projector = look.theme.name == "projector"
    rule = look.theme.outline if projector else look.theme.decoration
    line = round(look.line) if projector else max(1, look.px(0.07))
    train = look.px(1.3 if look.layout == "wide" else 0.9)  # its words begin there, whichever they are
    return FRAMES.format(**look.theme._asdict(), rule=rule, line=line, train=train)


def larger(look: Look, page: QSize) -> Look:
    """The look of a panel that fills the window: larger text, as far as its page has the room."""
    room = min(page.width() / (ROOMY[0] * look.em), page.height() / (ROOMY[1] * look.em))
    return look._replace(em=look.em * min(LARGER, max(1.0, room)))


def button(text: str, role: str = "", name: str = "") -> QPushButton:
    """A button reached by Tab; a click leaves the keys to the window, so that Space stays Train."""
    made = QPushButton(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(name or text)
    if role:
        made.setProperty("role", role)
    return made


def sends(panel: Panel, action: Action) -> Callable[..., None]:
    """What a button or menu entry calls: it sends an action, whatever the signal brings along."""
    return lambda *_: panel.acted.emit(action)


def tint(label: QWidget, look: Look, token: str) -> None:
    """Give a label a colour of the theme."""
    label.setStyleSheet(f"color: {getattr(look.theme, token)};")


def label(text: str = "") -> QLabel:
    """Plain text, never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("shell", True)
    return made


def width_of(widget: QWidget) -> int:
    """The width a widget takes in a row, px."""
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize()).width()
