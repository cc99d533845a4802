"""What every unit answers over the whole plane, and those numbers as pictures."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage, QPixmap

from netviz.core.network import Array32, Params, Surfaces
from netviz.core.points import TWO
from netviz.session import engine, judging
from netviz.session import selectors as say
from netviz.session.fields import Settings
from netviz.session.sections import Section
from netviz.session.state import State, races
from netviz.views.canvas.contour import contour
from netviz.views.drawing.crowd import CLASS_COLORS
from netviz.views.theme import LUT_SCALE, value_lut

SIDE = 201  # points along each side of the plane, both edges included
QUICK_SIDE, FEW_UNITS = 101, 12  # while frames race by, of networks with more than a few units
COARSE = 51  # as many are enough for lines
CERTAIN = 0.8  # how much of a class's colour its surface takes on: its points stay visible
WHITE = 246.0
MOST = np.float32(2.0)  # the scale's end
Colors = npt.NDArray[np.uint32]


class Responses(NamedTuple):
    """Each layer's values (units, rows, columns) over the plane: inputs, hidden layers, shown output.

    Row 0 is the top of the plane, where x₂ is largest; the first column has the smallest x₁.
    """

    layers: tuple[Array32, ...]

    @property
    def output(self) -> Array32:
        """The answers (rows, columns)."""
        output: Array32 = self.layers[-1][0]
        return output


class Plane:
    """The square of the plane that is shown, as one network answers over it; buffers are reused."""

    def __init__(self, settings: Settings, section: Section, side: int) -> None:
        self._problem = engine.problem(settings)
        axis = np.linspace(section.low, section.high, side)
        x, y = np.meshgrid(axis, axis[::-1])
        at = section.lifted(np.column_stack([x.ravel(), y.ravel()]))
        self._side = side
        self._inputs = np.ascontiguousarray(engine.inputs(settings, at).T, dtype=np.float32)
        self._given = self._inputs.reshape(-1, side, side)  # the same in every answer: it is drawn once
        self._surfaces = Surfaces(self._problem.network, self._inputs)
        self._last: tuple[Params, Responses] | None = None

    def at(self, params: Params) -> Responses:
        """Every unit's values; the next call with other parameters overwrites them."""
        if self._last is None or self._last[0] is not params:
            with np.errstate(all="ignore"):  # a twin that diverged is drawn as far as its numbers go
                layers = list(self._surfaces.at(params))
                layers[-1] = self._problem.loss.shown(layers[-1].T).T
            shape = (-1, self._side, self._side)
            self._last = params, Responses((self._given, *(layer.reshape(shape) for layer in layers)))
        return self._last[1]


@lru_cache(maxsize=8)
def _plane(settings: Settings, section: Section, side: int) -> Plane:
    return Plane(settings, section, side)


def responses(settings: Settings, params: Params, section: Section, side: int = SIDE) -> Responses:
    """Every unit's values over the square that is shown, to be drawn at once.

    The panels of a twin share one computation; the next parameters overwrite it.
    """
    return _plane(settings, section, side).at(params)


def side_of(state: State, twin: int) -> int:
    """How many points a side are worth their time in this frame."""
    return QUICK_SIDE if races(state) and sum(say.net(state, twin).sizes) > FEW_UNITS else SIDE


def answers(state: State, twin: int) -> Responses:
    """What a twin answers in this frame, over the plane that is shown."""
    settings, params = say.settings(state, twin), say.params(state, twin)
    return responses(settings, params, say.section(state, twin), side_of(state, twin))


def coarse(values: npt.NDArray[np.floating], points: int = COARSE) -> npt.NDArray[np.floating]:
    """Values (..., n, n) at fewer points a side, both edges included; n - 1 is a multiple of points - 1."""
    step = (values.shape[-1] - 1) // (points - 1)
    return values[..., ::step, ::step]


class Grain(NamedTuple):
    """How finely a square is drawn: its pixels along a side, and how large each is in the square's unit."""

    wide: float  # device px along a side of the square
    cells: int
    cell: float


def grain(width: float, scale: float, side: int) -> Grain:
    """One pixel of a picture for one of the screen: Qt then copies it; but no more than there are samples."""
    wide = max(1.0, width * scale)  # also while a window changes its size, and there is no room yet
    return Grain(wide, round(wide), 1 / scale) if wide <= side else Grain(float(side), side, width / side)


@lru_cache(maxsize=64)
def _nearest(side: int, grain: Grain) -> npt.NDArray[np.intp]:
    """Which of side x side samples, flat, lies next to the middle of each pixel."""
    at = (np.arange(grain.cells) + 0.5) / grain.wide * (side - 1)
    at = np.rint(at.clip(0, side - 1)).astype(np.intp)
    found: npt.NDArray[np.intp] = (at[:, None] * side + at).ravel()
    return found


def sampled(values: Array32, grain: Grain) -> Array32:
    """Values (units, n, n) as pixels (units, cells, cells): of each the nearest sample."""
    flat = values.reshape(len(values), -1).take(_nearest(values.shape[-1], grain), axis=1)
    return flat.reshape(-1, grain.cells, grain.cells)


def constant(found: Responses, state: State, twin: int) -> float | None:
    """What `say.constant` says; a corner that is decided answers for the whole plane, and at once."""
    middle, near = say.threshold(state, twin)
    corner = abs(float(found.output[0, 0]) - middle)
    return None if corner > 2 * near else say.constant(state, twin)


def sums(found: Responses, params: Params, layer: int, index: int, points: int = COARSE) -> Array32:
    """One unit's sums z on a coarser grid; layer 1 is the first hidden one."""
    below = coarse(found.layers[layer - 1], points)
    with np.errstate(all="ignore"):
        row = params.layers[layer - 1][index].astype(np.float32)
        return np.asarray(np.tensordot(row[:-1], below, 1) + row[-1], dtype=np.float32)


@np.errstate(all="ignore")
def as_answers(values: npt.NDArray[np.floating], ends: tuple[float, float] = TWO) -> npt.NDArray[np.floating]:
    """Answers on the scale of values: what is full colour at either end becomes −1 and +1."""
    low, high = ends
    return (2.0 * values - (low + high)) / (high - low)


def output_pixels(settings: Settings, values: npt.NDArray[np.floating], lut: Colors | None = None) -> Colors:
    """Colours of each output: of several classes its own colour, the stronger the more it claims."""
    if engine.points(settings).kind != "many":
        return pixels(as_answers(values, judging.ends(settings)), lut)
    return np.stack([colors.take(share) for colors, share in zip(class_lut(), _bytes(values), strict=False)])


def class_pixmap(shares: npt.NDArray[np.floating], discretized: bool = False) -> QPixmap:
    """`class_colors` as a picture."""
    return _pixmap(class_colors(shares, discretized))


def class_colors(shares: npt.NDArray[np.floating], discretized: bool = False) -> Colors:
    """The class that is ahead, from each class's share (classes, rows, columns); white where none is."""
    ahead, most, least = shares.argmax(axis=0), shares.max(axis=0), 1 / len(shares)
    certain = np.ones_like(most) if discretized else (most - least) / (1 - least)
    return np.ascontiguousarray(class_lut()[ahead, _bytes(certain)])


def answer_colors(settings: Settings, values: npt.NDArray[np.floating]) -> Colors:
    """A surface's colours (rows, columns) from its shown outputs (outputs, rows, columns), in all panels."""
    if engine.points(settings).kind == "many":
        return class_colors(values)
    return np.ascontiguousarray(pixels(as_answers(values[0], judging.ends(settings))))


def picture(settings: Settings, values: npt.NDArray[np.floating]) -> QPixmap:
    """`answer_colors` as a picture."""
    return _pixmap(answer_colors(settings, values))


@np.errstate(all="ignore")  # of numbers out of range there are no borders
def class_borders(shares: npt.NDArray[np.floating]) -> tuple[npt.NDArray[np.float64], ...]:
    """The lines on which another class comes to be ahead, as `contour` gives them."""
    best = np.sort(shares, axis=0)[-2:]
    found = list[npt.NDArray[np.float64]]()
    for share in shares:
        rival = np.where(share == best[1], best[0], best[1])
        found.extend(contour(share - rival, 0.0))
    return tuple(found)


def _bytes(shares: npt.NDArray[np.floating]) -> npt.NDArray[np.uint8]:
    return np.asarray(255 * np.nan_to_num(shares).clip(0, 1), dtype=np.uint8)


@lru_cache(maxsize=1)
def class_lut() -> Colors:
    """Colours (classes, 256) from white to each class's own."""
    named = [QColor(name) for name in CLASS_COLORS]
    whole = np.array([(c.red(), c.green(), c.blue()) for c in named], dtype=np.float64)
    share = CERTAIN * np.linspace(0, 1, 256)[:, None]
    mixed = np.rint(WHITE * (1 - share) + whole[:, None] * share).astype(np.uint32)
    found: Colors = mixed @ np.array([1 << 16, 1 << 8, 1], dtype=np.uint32) + np.uint32(0xFF000000)
    found.flags.writeable = False
    return found


def pixels(values: npt.NDArray[np.floating], lut: Colors | None = None) -> Colors:
    """Colours (..., rows, columns) of values; beyond ±2, and for what is no number, the darkest."""
    scaled = np.fmax(np.fmin(values, MOST), -MOST)  # fmin: what is no number takes part like the largest
    places = np.multiply(scaled, LUT_SCALE, out=np.empty(scaled.shape, np.int8), casting="unsafe")
    colors: Colors = (value_lut() if lut is None else lut).take(places, mode="wrap")
    return colors


def pixmaps(values: npt.NDArray[np.floating], lut: Colors | None = None) -> list[QPixmap]:
    """One picture a unit from values (units, rows, columns)."""
    return [_pixmap(picture) for picture in np.ascontiguousarray(pixels(values, lut))]


def tiles(colors: Colors, corner: float) -> list[QPixmap]:
    """Pictures with round corners from colours (units, n, n); the radius is a share of the side."""
    colors[:, _outside(colors.shape[-1], corner)] = 0
    return [_pixmap(picture, QImage.Format.Format_ARGB32_Premultiplied) for picture in colors]


@lru_cache(maxsize=16)
def _outside(side: int, corner: float) -> npt.NDArray[np.bool_]:
    """The pixels (side, side) whose middles lie beyond a square's round corners."""
    radius = corner * side
    off = np.maximum(0, np.abs(np.arange(side) + 0.5 - side / 2) - (side / 2 - radius))
    found: npt.NDArray[np.bool_] = np.hypot(off[:, None], off) > radius
    return found


def _pixmap(picture: Colors, kind: QImage.Format = QImage.Format.Format_RGB32) -> QPixmap:
    height, width = picture.shape
    return QPixmap.fromImage(QImage(picture.data, width, height, 4 * width, kind))


@lru_cache(maxsize=8)
def dimmed_lut(background: str, share: float) -> Colors:
    """The value colours mixed with a background: opaque, for everything that is not looked at."""
    paper = QColor(background).rgb()
    mixed = np.zeros(256, dtype=np.uint32)
    for shift in (0, 8, 16, 24):
        own, other = (value_lut() >> np.uint32(shift)) & 255, (paper >> shift) & 255
        mixed |= (own * (1 - share) + other * share).astype(np.uint32) << np.uint32(shift)
    mixed.flags.writeable = False
    return mixed
