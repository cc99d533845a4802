"""How netviz looks: three themes' colours, the type, the value scale and the style of Qt's own controls."""

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QPen
from PySide6.QtWidgets import QLabel

from netviz.paths import resources

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FAMILY = "Inter netviz"  # what packaging/fonts.py calls the shipped typeface
LABEL, TITLE, VERDICT, NAME = 0.9, 1.2, 1.35, 1.6  # text sizes in em; body is 1
TWIN_DASHES = (2.6, 1.6)  # in pen widths
PAPER, INK = QColor("#ffffff"), QColor("#111827")  # on value colours: they are the same in every theme
BOLD = 1.4  # how much wider what is drawn with a pen is in the projector theme
HEAVIER = {400: 500, 500: 600}  # the weights of its type: thin strokes wash out in a lit room


class Theme(NamedTuple):
    """One theme's colours as hex strings; the WCAG ratios are tested."""

    name: str
    background: str
    panel: str
    text: str  # also the ink of buttons, sliders and focus
    second: str
    outline: str
    with_: str
    without: str
    positive: str  # lines of weights above 0
    negative: str
    decoration: str  # says nothing; in the projector theme it is the background
    tint: str  # below the affine floor
    fill: str  # a button's face
    wedge: str  # from the output to its enlargement
    hatch: str  # the lines of an undecided surface
    outline_width: float  # logical px in a window 1080 high
    floor: int  # smallest text, px
    floor_ems: float  # and the same in em: a projector's labels are hardly smaller than its body


THEMES = {
    theme.name: theme
    for theme in (
        Theme(
            "light", "#f7f8fa", "#ffffff", "#111827", "#4b5563", "#5b6472", "#05554f", "#77286f", "#1c5ca0",
            "#a84a0a", "#d5d9df", "#f6e8f5", "#f1f3f6", "#e9ecf1", "#c8cdd4", 1.6, 14, 0.0,
        ),
        Theme(
            "dark", "#12161c", "#1b222b", "#f2f5f8", "#b6c0cc", "#8b97a6", "#5ad1c4", "#e5a3df", "#7fb2e5",
            "#f0a060", "#2c3540", "#2c2230", "#242d38", "#1d252f", "#b4b9c1", 1.6, 14, 0.0,
        ),
        Theme(
            "projector", "#ffffff", "#ffffff", "#000000", "#000000", "#000000", "#00544f", "#6a1464",
            "#0f4480", "#8a3a06", "#ffffff", "#f6e8f5", "#ffffff", "#dfe3e8", "#505050", 3.0, 20, 0.926,
        ),
    )
}  # fmt: skip

HALL = 1.0  # em: from the last row nothing smaller than body text can be read


def presented(theme: Theme) -> Theme:
    """A theme on the screen of a hall: no text is smaller than the body's, and all stands on one ground."""
    return theme._replace(floor=1, floor_ems=HALL, background=theme.panel)


class Look(NamedTuple):
    """A theme at a text size in a layout: all a panel needs to draw itself."""

    theme: Theme
    em: float  # body text, logical px
    layout: str  # wide, tabs, compact, short

    def px(self, ems: float) -> int:
        """A length in logical pixels."""
        return round(ems * self.em)

    @property
    def line(self) -> float:
        """The width of outlines, logical px: grows with the text, at least 1, 3 in the projector theme."""
        least = 3.0 if self.theme.name == "projector" else 1.0
        return max(least, self.theme.outline_width * min(self.em, 2 * 21) / 21)

    @property
    def bold(self) -> float:
        """How much wider lines are that have a width of their own: 1, and more in the projector theme."""
        return BOLD if self.theme.name == "projector" else 1.0

    @property
    def text_floor(self) -> float:
        """The smallest text, px."""
        return max(self.theme.floor, self.theme.floor_ems * self.em)

    def font(self, ems: float = 1.0, weight: int = 400, tabular: bool = False) -> QFont:
        """Inter at a multiple of em, never below the theme's floor; tabular where numbers change.

        In the projector theme light weights are one step heavier.
        """
        font = QFont([FAMILY])
        font.setPixelSize(max(1, round(max(ems * self.em, self.text_floor))))
        font.setWeight(QFont.Weight(HEAVIER.get(weight, weight) if self.bold > 1 else weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, token: str) -> QColor:
        """A colour of the theme by its token: "text", "with_", ..."""
        return QColor(getattr(self.theme, token))

    def twin_color(self, twin: int) -> QColor:
        """The first twin is "with", every other one "without"."""
        return self.color("without" if twin else "with_")

    def twin_pen(self, twin: int, width: float) -> QPen:
        """A twin's line: solid with, dashed without."""
        pen = QPen(self.twin_color(twin), width)
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if twin:
            pen.setDashPattern(TWIN_DASHES)
        return pen


def mixed(color: QColor, paper: QColor, share: float) -> QColor:
    """A colour moved towards the paper by a share: opaque, for see-through pens cost many times more."""
    pairs = ((color.red(), paper.red()), (color.green(), paper.green()), (color.blue(), paper.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


def dress(
    label: QLabel, look: Look, token: str, ems: float = 1.0, weight: int = 400, tabular: bool = False
) -> None:
    """Give a label a colour of the theme, a size and a weight."""
    label.ensurePolished()  # a style sheet set before the first polish would undo the font
    label.setFont(look.font(ems, weight, tabular))
    colors = label.palette()
    colors.setColor(QPalette.ColorRole.WindowText, look.color(token))
    label.setPalette(colors)


@cache
def fonts() -> str:
    """Register the shipped typeface and return its family; needs a QGuiApplication."""
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    return FAMILY


# ----------------------------------------------------------------------------------------- values
# Units: 0 is white, +-1 full colour, +-2 dark. Answers: 2 (y - 1/2), so that 1/2 is white, 0 and 1 full.
VALUE_STOPS = (
    (-2.0, "#7a3406"),
    (-1.0, "#c65b11"),
    (-0.5, "#f3b278"),
    (0.0, "#f6f6f7"),
    (0.5, "#84b1db"),
    (1.0, "#1c5ca0"),
    (2.0, "#0f3262"),
)
LUT_SCALE = 63.5  # value_lut()[int8(value * LUT_SCALE)]: +-2 at +-127; a negative index counts from the end


def value_color(value: float) -> QColor:
    """The colour of a value, darkest beyond +-2; mixed in Oklab, where equal steps look equal."""
    value = min(2.0, max(-2.0, value))
    (low, first), (high, second) = next(pair for pair in pairwise(VALUE_STOPS) if value <= pair[1][0])
    share = (value - low) / (high - low)
    mixed = [a + share * (b - a) for a, b in zip(_oklab(first), _oklab(second), strict=True)]
    return QColor.fromRgbF(*_srgb(mixed))


@cache
def value_lut(size: int = 256) -> "npt.NDArray[np.uint32]":
    """Colours (size,) as 0xffRRGGBB for RGB32 images: entry i is value i / scale, negative i from the end.

    The scale is LUT_SCALE for 256 entries and (size / 2 - 1) / 2 in general.
    """
    import numpy as np  # the window's first paint comes before NumPy

    scale = (size / 2 - 1) / 2
    signed = [i if i < size // 2 else i - size for i in range(size)]
    lut = np.array([value_color(i / scale).rgb() for i in signed], dtype=np.uint32)
    lut.flags.writeable = False
    return lut


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _oklab(name: str) -> tuple[float, float, float]:
    """SRGB to Oklab (Ottosson 2020)."""
    red, green, blue = (_linear(int(name[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _srgb(lab: list[float]) -> tuple[float, float, float]:
    """Oklab to sRGB, each channel from 0 to 1."""
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


# ----------------------------------------------------------------------------------------- Qt's controls
PALETTE = {
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "fill",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "fill",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.Highlight: "text",
    QPalette.ColorRole.HighlightedText: "panel",
    QPalette.ColorRole.Accent: "text",
    QPalette.ColorRole.Link: "text",
    QPalette.ColorRole.LinkVisited: "second",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "panel",
    QPalette.ColorRole.PlaceholderText: "second",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Midlight: "decoration",
    QPalette.ColorRole.Mid: "outline",
    QPalette.ColorRole.Dark: "outline",
    QPalette.ColorRole.Shadow: "outline",
}
DIMMED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def palette(theme: Theme) -> QPalette:
    """Fusion's colours; `setColorScheme` does nothing offscreen."""
    found = QPalette()
    for role, token in PALETTE.items():
        found.setColor(role, QColor(getattr(theme, token)))
    for role in DIMMED:
        found.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.outline))
    return found


# Dynamic properties choose: role = "primary" (Train), "flat" (text alone), "menu" (a word of the recipe, its
# chevron from `marks.chevron`), "tab", "small" (a switch in a chart); twin = "0" or "1" for a twin's colour.
STYLE = """
QPushButton, QToolButton, QComboBox, QLineEdit {{
    background: {fill}; color: {text}; border: {line}px solid {outline}; border-radius: {radius}px;
    padding: {pad_y}px {pad_x}px;
}}
QComboBox, QLineEdit {{ background: {panel}; selection-background-color: {text}; selection-color: {panel}; }}
QPushButton:hover, QToolButton:hover, QComboBox:hover {{ border-color: {text}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {decoration}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus {{
    border: {focus}px solid {text}; padding: {focus_y}px {focus_x}px;
}}
QPushButton:disabled, QToolButton:disabled {{ color: {outline}; }}
*[role="menu"] {{ background: {panel}; }}
*[role="flat"] {{ background: transparent; border-color: transparent; padding: {pad_y}px {flat_x}px; }}
*[role="flat"]:hover {{ background: {fill}; border-color: transparent; }}
*[role="flat"]:focus {{ border-color: {text}; padding: {focus_y}px {flat_focus}px; }}
*[role="primary"] {{ background: {text}; color: {panel}; border-color: {text}; }}
*[role="primary"]:hover {{ background: {second}; border-color: {second}; }}
*[role="primary"]:focus {{ background: {text}; border: {focus}px double {panel}; }}
*[role="small"] {{ background: {panel}; padding: {small_y}px {small_x}px; }}
*[role="small"]:checked {{ background: {text}; color: {panel}; border-color: {text}; }}
*[role="small"]:focus {{ padding: {small_y}px {small_x}px; }}
*[role="tab"] {{ background: transparent; border-color: transparent; border-radius: 0; }}
*[role="tab"]:checked {{ background: {text}; color: {panel}; }}
*[role="tab"]:focus {{ border-color: {outline}; }}
QPushButton[twin="0"], QToolButton[twin="0"] {{ color: {with_}; border-color: {with_}; }}
QPushButton[twin="1"], QToolButton[twin="1"] {{ color: {without}; border-color: {without}; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ padding: 0; border: none; background: transparent; }}
QCheckBox {{ spacing: {pad_y}px; background: transparent; border: {line}px solid transparent; }}
QCheckBox:focus {{ border-color: {text}; border-radius: {radius}px; }}
QCheckBox::indicator {{
    width: {handle}px; height: {handle}px; background: {panel}; border: {line}px solid {outline};
    border-radius: {groove}px;
}}
QCheckBox::indicator:checked {{ background: {text}; border-color: {text}; }}
QComboBox::drop-down {{ border: none; width: {chevron}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView, QMenu {{
    background: {panel}; color: {text}; border: {line}px solid {outline};
    selection-background-color: {text}; selection-color: {panel};
}}
QMenu {{ padding: {pad_y}px 0; }}
QMenu::item {{ padding: {pad_y}px {menu_right}px {pad_y}px {menu_x}px; }}
QMenu::item:selected {{ background: {text}; color: {panel}; }}
QMenu::separator {{ height: 1px; background: {decoration}; margin: {pad_y}px 0; }}
QSlider::groove:horizontal {{ height: {groove}px; background: {outline}; border-radius: {half_groove}px; }}
QSlider::sub-page:horizontal {{ background: {text}; border-radius: {half_groove}px; }}
QSlider::handle:horizontal {{
    width: {handle}px; margin: -{reach}px 0; border-radius: {half_handle}px;
    background: {text}; border: {line}px solid {text};
}}
QSlider::handle:horizontal:focus {{ background: {panel}; border: {focus}px solid {text}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: {bar_room}px; margin: 0 0 0 {off_bar}px; }}
QScrollBar::handle:vertical {{ background: {outline}; border-radius: {half_bar}px; min-height: {handle}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {text}; color: {panel}; border: none; padding: {pad_y}px; }}
"""


def stylesheet(look: Look) -> str:
    """The application's style sheet; every length follows the text."""
    line = max(1, round(look.line))
    focus = 2 * line if line < 3 else 5
    groove, bar = max(2, look.px(0.19)), look.px(0.5)
    handle = groove + 2 * look.px(0.28)  # as high as it is wide, or its corners would not be round
    pad_x, pad_y, flat_x = look.px(0.6), look.px(0.35), look.px(0.4)
    sizes = {
        "line": line, "focus": focus, "radius": look.px(0.42), "pad_x": pad_x, "pad_y": pad_y,
        "flat_x": flat_x, "flat_focus": max(0, flat_x + line - focus),
        "focus_x": max(0, pad_x + line - focus), "focus_y": max(0, pad_y + line - focus),
        "menu_x": look.px(1), "menu_right": look.px(1.6),
        "small_x": look.px(0.4), "small_y": look.px(0.1), "chevron": look.px(1.4),
        "handle": handle,
        "half_handle": (handle + 2 * line) // 2, "groove": groove,
        "half_groove": groove // 2, "reach": (handle - groove) // 2 + line,
        "bar_room": bar + look.px(0.4), "off_bar": look.px(0.4), "half_bar": bar // 2,
    }  # fmt: skip
    return STYLE.format(**look.theme._asdict(), **sizes)
