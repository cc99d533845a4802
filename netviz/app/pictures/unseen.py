"""Widgets where nobody sees them, laid out and ready to be drawn; the application is there already."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from netviz.app.layouts import layout_of
from netviz.session.store import Store
from netviz.views import theme
from netviz.views.registry import place


def panel_sheet(store: Store, name: str, twin: int, size: tuple[int, int]) -> QWidget:
    """One panel filling a sheet of that size, as it follows a store."""
    state = store.state
    em, layout = layout_of(*size, state.theme, state.text_size)
    look = theme.Look(theme.THEMES[state.theme], em, layout)
    QApplication.setPalette(theme.palette(look.theme))
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
    return settled(sheet)


def settled(widget: QWidget) -> QWidget:
    """Show it where nobody sees it, so that every layout has run."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    QApplication.processEvents()
    if (focused := widget.focusWidget()) is not None:
        focused.clearFocus()  # a picture has no keyboard
    return widget
