"""A widget as a picture: as pixels, as a PNG file, or as an SVG file of text, paths and few pictures."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html import unescape

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QPoint, QRect, QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget

from netviz.views import theme

DPI, POINTS = 96, 72  # to the inch: pixels, and points of a page
FALLBACK = f"{theme.FAMILY}, Inter, Arial, Helvetica, sans-serif"
SIZE = re.compile(r'width="[\d.]+mm" height="[\d.]+mm"\s*viewBox="0 0 (\d+) (\d+)"')
EMPTY = re.compile(r"<g [^>]*>\s*</g>\s*")
TEXT = re.compile(r'(<text [^>]*font-size="([\d.]+)" font-weight="(\d+)"[^>]*?)\s*>([^<]+)</text>')
MEASURED = 100  # px, the size at which texts are measured: without hints widths grow with the size
CLIP = re.compile(r'(<clipPath id="(\w+)">\s*)<path ')
# Qt writes a clip as it is where it is set, and uses it where nothing is moved: the first group that it clips
# still tells where it was set.
CLIPPED = re.compile(r'<g clip-path="url\(#(\w+)\)"><g [^>]*\btransform="([^"]*)"')


def image(widget: QWidget) -> QImage:
    """A widget as pixels, as fine as its screen has them, once its layouts have taken in what it shows."""
    QCoreApplication.processEvents()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def png(widget: QWidget) -> bytes:
    """A widget as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image(widget))
    return bytes(buffer.data().data())


def svg(widget: QWidget) -> bytes:
    """A widget as an SVG file: text is text, lines and areas are paths, response surfaces are pictures."""
    buffer, generator = QBuffer(), QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setTitle("netviz")
    with QPainter(generator) as painter, as_paths(widget):
        widget.render(painter, QPoint())
    return _mended(bytes(buffer.data().data()).decode()).encode()


def pdf(widgets: Sequence[QWidget], title: str) -> bytes:
    """Widgets as the pages of a PDF file, each as large as its widget at 96 px to the inch."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("netviz")
    writer.setResolution(DPI)
    with QPainter() as painter:
        for number, widget in enumerate(widgets):
            size = QSizeF(widget.size()) * POINTS / DPI
            page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
            writer.setPageSize(page)
            writer.setPageMargins(QMarginsF())
            if number:
                writer.newPage()
            else:
                painter.begin(writer)
            with as_paths(widget):
                widget.render(painter, QPoint())
    return bytes(buffer.data().data())


@contextmanager
def as_paths(widget: QWidget) -> Iterator[None]:
    """Let what a scene keeps as pixels, for speed, be drawn as the paths it is."""
    modes = QGraphicsItem.CacheMode
    scenes = [view.scene() for view in widget.findChildren(QGraphicsView) if view.scene()]
    kept = [item for scene in scenes for item in scene.items() if item.cacheMode() != modes.NoCache]
    for item in kept:
        item.setCacheMode(modes.NoCache)
    try:
        yield
    finally:
        for item in kept:
            item.setCacheMode(modes.DeviceCoordinateCache)


def _mended(text: str) -> str:
    """What Qt writes, but sized in px, with typefaces that others have, and clips in place."""
    text = SIZE.sub(r'width="\1" height="\2" viewBox="0 0 \1 \2"', text, count=1)
    text = TEXT.sub(_as_wide, text)
    text = text.replace(f'font-family="{theme.FAMILY}"', f'font-family="{FALLBACK}"')
    places = {found[1]: found[2] for found in reversed(list(CLIPPED.finditer(text)))}  # the first of each
    text = CLIP.sub(lambda found: f'{found[1]}<path transform="{places[found[2]]}" ', text)
    return EMPTY.sub("", EMPTY.sub("", text))  # groups, and then groups of those


def _as_wide(found: re.Match[str]) -> str:
    """A text as wide as it is here: a machine without our typeface fits its own into the same room."""
    start, size, weight, said = found.groups()
    wide = _metrics(int(weight)).horizontalAdvance(unescape(said)) * float(size) / MEASURED
    return f'{start} textLength="{wide:.2f}">{said}</text>'


@cache
def _metrics(weight: int) -> QFontMetricsF:
    font = QFont([theme.fonts()])
    font.setPixelSize(MEASURED)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)  # as numbers are drawn; words do not mind
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return QFontMetricsF(font)


KINDS = {".png": png, ".svg": svg}
