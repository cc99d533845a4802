"""Pictures of real widgets: a panel or the window in a State, as PNG or SVG."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QVBoxLayout, QWidget

from netviz.app.layouts import layout_of
from netviz.app.main import make_application
from netviz.app.window import Window
from netviz.session.state import State
from netviz.session.store import Store
from netviz.views import theme
from netviz.views.registry import panel_names, place


def window_picture(state: State, size: tuple[int, int]) -> QWidget:
    """The whole window at a size, ready to be drawn."""
    make_application()
    window = Window(Store(state))
    window.resize(*size)
    window.complete()
    return _settled(window)


def panel_picture(state: State, name: str, twin: int, size: tuple[int, int]) -> QWidget:
    """One panel filling a picture; ValueError names the panels there are."""
    if name not in panel_names():
        raise ValueError(f"no panel {name!r}; there are {', '.join(panel_names())}")
    application = make_application()
    em, layout = layout_of(*size, state.theme, state.text_size)
    look = theme.Look(theme.THEMES[state.theme], em, layout)
    application.setPalette(theme.palette(look.theme))
    sheet = QWidget()
    sheet.setStyleSheet(theme.stylesheet(look))
    sheet.resize(*size)
    panel, column = place(name).make(twin), QVBoxLayout(sheet)
    margin = look.px(1) if place(name).where != "lane" else 0
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # the picture's size is given
    column.addWidget(panel)
    panel.set_look(look)
    panel.show_state(None, state)
    return _settled(sheet)


def _settled(widget: QWidget) -> QWidget:
    """Show it where nobody sees it, so that every layout has run."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    make_application().processEvents()
    if (focused := widget.focusWidget()) is not None:
        focused.clearFocus()  # a picture has no keyboard
    return widget


def write(widget: QWidget, target: Path) -> None:
    """Draw a widget into a .png or .svg file; OSError when it cannot be written."""
    if target.suffix.lower() == ".svg":
        _write_svg(widget, target)
    else:
        image = QImage(widget.size(), QImage.Format.Format_RGB32)
        widget.render(image)
        if not image.save(str(target)):
            raise OSError(0, "could not be written", str(target))
    widget.close()


def _write_svg(widget: QWidget, target: Path) -> None:
    generator = QSvgGenerator()
    generator.setFileName(str(target))
    generator.setSize(QSize(widget.width(), widget.height()))
    generator.setViewBox(QRect(0, 0, widget.width(), widget.height()))
    generator.setTitle("netviz")
    painter = QPainter()
    if not painter.begin(generator):
        raise OSError(0, "could not be written", str(target))
    widget.render(painter, QPoint())
    painter.end()
