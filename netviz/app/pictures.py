"""Widgets that nobody sees, to be drawn: a panel or the window as it follows a store."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from netviz.app.layouts import layout_of
from netviz.app.main import make_application
from netviz.app.window import Window
from netviz.session.store import Store
from netviz.views import theme
from netviz.views.registry import panel_names, place


def window_picture(store: Store, size: tuple[int, int], hall: str = "projector") -> QWidget:
    """The whole window at a size, ready to be drawn; `hall` is the theme of a card that is presented."""
    make_application()
    window = Window(store)
    window.hall = hall
    window.resize(*size)
    window.complete()
    return _settled(window)


def panel_picture(store: Store, name: str, twin: int, size: tuple[int, int]) -> QWidget:
    """One panel filling a picture; ValueError names the panels there are."""
    if name not in panel_names():
        raise ValueError(f"no panel {name!r}; there are {', '.join(panel_names())}")
    application, state = make_application(), store.state
    em, layout = layout_of(*size, state.theme, state.text_size)
    look = theme.Look(theme.THEMES[state.theme], em, layout)
    application.setPalette(theme.palette(look.theme))
    sheet = QWidget()
    ground, margin = ("background", 0) if place(name).where == "lane" else ("panel", look.px(1))
    sheet.setObjectName("picture")
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    sheet.setStyleSheet(f"{theme.stylesheet(look)} #picture {{ background: {getattr(look.theme, ground)}; }}")
    sheet.resize(*size)
    panel, column = place(name).make(twin), QVBoxLayout(sheet)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # the picture's size is given
    column.addWidget(panel)
    panel.set_look(look)
    panel.show_state(None, state)
    store.subscribe(panel.show_state)
    return _settled(sheet)


def _settled(widget: QWidget) -> QWidget:
    """Show it where nobody sees it, so that every layout has run."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    make_application().processEvents()
    if (focused := widget.focusWidget()) is not None:
        focused.clearFocus()  # a picture has no keyboard
    return widget
