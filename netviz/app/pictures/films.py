"""Films: the frames of a widget that follows a run, as GIF, APNG, WebP or MP4."""

import io
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import chain, pairwise
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QImage

from netviz.app.pictures import apng
from netviz.session.actions import FrameArrived, Step
from netviz.session.engine import Request, advance
from netviz.session.store import Store
from netviz.views.theme import value_lut

if TYPE_CHECKING:
    from PIL import Image

SLICE = 0.2  # seconds of training between two looks at the run
MOST = 3000  # frames
STRIP = 64  # px, how much room the colours of values take beside those of the first frame


class Film(NamedTuple):
    """Which steps are shown, and how many of them a second."""

    steps: range
    fps: float

    def delays(self, unit: float) -> list[int]:
        """How long each frame stands, in units of that many seconds; rounded so that the whole is right."""
        ends = [round(i / self.fps / unit) for i in range(len(self.steps) + 1)]
        return [end - start for start, end in pairwise(ends)]


class Kind(NamedTuple):
    """A kind of file: what writes it, the library it takes and the extra that brings it, and its bounds."""

    write: Callable[[Film, Iterator[QImage]], bytes]
    library: str
    extra: str
    fastest: float  # frames a second
    slowest: float
    longest: float  # seconds
    pixels: float  # of all frames: those that are kept until the end cost memory


def moments(store: Store, steps: range) -> Iterator[bool]:
    """Let a store stand at each of these steps, from where it is; ValueError if that cannot be trained.

    Gives, after every slice of time, whether it stands at one of them.
    """
    for step in steps:
        while (state := store.state).step < step:
            frame = advance(Request(state.experiment, state.frame.states, step, SLICE))
            store.dispatch(Step(frame.step - state.step))
            store.dispatch(FrameArrived(frame))
            if frame.step < step:
                yield False
        yield True


def refusal(film: Film, suffix: str, size: tuple[int, int]) -> str:
    """Why a film cannot be made, in one sentence; empty when it can."""
    kind, count = KINDS[suffix], len(film.steps)
    if find_spec(kind.library) is None:
        return _lacking(suffix, kind)
    if count > MOST:
        return f"{count:,} frames are too many for a film, {MOST:,} at most; take fewer with --every"
    if film.fps > kind.fastest:
        return f"a {suffix} film shows at most {kind.fastest:g} frames a second"
    if film.fps < kind.slowest:
        return f"a {suffix} film shows at least {kind.slowest:g} frames a second"
    if count > film.fps * kind.longest:
        return f"a {suffix} film lasts at most {kind.longest:g} seconds; see --fps and --every"
    if count * size[0] * size[1] > kind.pixels:
        fitting = int(kind.pixels / size[0] / size[1])
        return f"a {suffix} film of this size holds at most {fitting:,} frames; see --every, --size or .mp4"
    return ""


def _lacking(suffix: str, kind: Kind) -> str:
    install = f"pip install 'netviz[{kind.extra}]'"
    if getattr(sys, "frozen", False):  # nothing can be installed into it
        others = ", ".join(name for name, row in KINDS.items() if find_spec(row.library) is not None)
        return f"a {suffix} film needs netviz on Python ({install}); this program makes {others}"
    return f"a {suffix} film needs the extra {kind.extra}: {install}"


def _stills(frames: Iterator[QImage]) -> "Iterator[Image.Image]":
    from PIL import Image

    for frame in frames:
        yield Image.frombytes("RGB", (frame.width(), frame.height()), _rgb(frame))


def _moving(stills: "Iterator[Image.Image]", count: int) -> "Image.Image":
    """The stills as one picture of Pillow's, each made when it is asked for: a list would hold them all."""
    from PIL import Image

    class Moving(Image.Image):
        """It goes forward only, which is how it is written."""

        n_frames, is_animated = count, count > 1

        def __init__(self) -> None:
            super().__init__()
            self._at = -1
            self.seek(0)

        def tell(self) -> int:
            return max(0, self._at)

        def seek(self, frame: int) -> None:
            if frame >= count:
                raise EOFError
            while self._at < frame:
                self._at += 1
                still = next(stills)
                self._mode, self._size, self.im, self.palette = (
                    still.mode,
                    still.size,
                    still.im,
                    still.palette,
                )

    return Moving()


def _rgb(image: QImage) -> bytes:
    """The pixels (height, width, 3), row after row."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    width, high = 3 * plain.width(), plain.height()
    rows = bytes(plain.constBits())
    if plain.bytesPerLine() == width:
        return rows
    starts = range(0, plain.bytesPerLine() * high, plain.bytesPerLine())
    return b"".join(rows[start : start + width] for start in starts)


def _gif(film: Film, frames: Iterator[QImage]) -> bytes:
    """All frames share the colours of the first and those of values: what stands still stays still."""
    from PIL import Image

    made, stills = io.BytesIO(), _stills(frames)
    first = next(stills)
    colors, dither = _colors(first), Image.Dither.NONE
    reduced = (still.quantize(palette=colors, dither=dither) for still in chain([first], stills))
    delays = [10 * delay for delay in film.delays(0.01)]
    _moving(reduced, len(film.steps)).save(made, "GIF", save_all=True, duration=delays, loop=0)
    return made.getvalue()


def _colors(first: "Image.Image") -> "Image.Image":
    """256 colours for a whole film."""
    from PIL import Image

    values = value_lut().astype(">u4").tobytes()
    strip = Image.frombytes("RGBX", (len(values) // 4, 1), values, "raw", "XRGB").convert("RGB")
    sample = Image.new("RGB", (first.width, first.height + STRIP))
    sample.paste(first)
    sample.paste(strip.resize((first.width, STRIP)), (0, first.height))
    return sample.quantize(256)


def _apng(film: Film, frames: Iterator[QImage]) -> bytes:
    return apng.encode(_stills(frames), film.delays(0.001))


def _webp(film: Film, frames: Iterator[QImage]) -> bytes:
    made, moving = io.BytesIO(), _moving(_stills(frames), len(film.steps))
    moving.save(made, "WEBP", save_all=True, duration=film.delays(0.001), loop=0, quality=90, method=2)
    return made.getvalue()


def _mp4(film: Film, frames: Iterator[QImage]) -> bytes:
    """Writes H.264 through ffmpeg; a last column or row that would make a side odd is left out."""
    from imageio_ffmpeg import write_frames

    with TemporaryDirectory(prefix="netviz-") as folder:
        path, writer = Path(folder) / "film.mp4", None
        try:
            for frame in frames:
                even = frame.copy(0, 0, frame.width() // 2 * 2, frame.height() // 2 * 2)
                if writer is None:
                    size = even.width(), even.height()
                    writer = write_frames(path, size, fps=film.fps, quality=8, macro_block_size=2)
                    writer.send(None)
                writer.send(_rgb(even))
        finally:
            if writer is not None:
                writer.close()
        return path.read_bytes()


KINDS = {
    # A faster GIF is shown at 10 frames a second; equal frames become one, which has 16 bits of 10 ms.
    ".gif": Kind(_gif, "PIL", "export", 50, 0.1, 655, 6e8),
    ".apng": Kind(_apng, "PIL", "export", 1000, 0.1, inf, inf),  # a frame has 16 bits of 1 ms
    ".webp": Kind(_webp, "PIL", "export", 1000, 0.1, inf, inf),
    ".mp4": Kind(_mp4, "imageio_ffmpeg", "video", 1000, 0.1, inf, inf),
}
