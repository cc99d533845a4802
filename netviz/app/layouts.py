"""Where everything is: pure functions from the window's size, theme and text size to rectangles."""

from typing import NamedTuple

from PySide6.QtCore import QMargins, QRect, QSize

WIDE, TABS = 88, 56  # em: the narrowest window of these layouts
SHORT = 32  # em: a lower window puts the surfaces side by side
SMALLEST = QSize(640, 360)  # 1280x720 at a scaling of 200 %
TEXT_STEP = 1.1  # one step of larger text
LEAST_WIDTH, LEAST_HEIGHT = 45, 25  # em: larger text than that would leave no room for what it says


class Zones(NamedTuple):
    """A layout's sizes in em."""

    top: float  # the bars' heights
    tabs: float
    bottom: float
    column: float  # the instruments' width
    above: float  # from the top bar to the first lane
    below: float
    gap: float  # between the lanes
    side: float  # from a surface to what is right of it
    canvas: float  # a network is at least so wide before its surface takes more


ZONES = {
    "wide": Zones(3.43, 0, 3.05, 23.24, 0.95, 0.57, 3.05, 1.52, 40),
    "tabs": Zones(3.1, 2.6, 3.05, 0, 0.7, 0.5, 3.05, 0.7, 34),
    "low tabs": Zones(2.9, 2.4, 3.05, 0, 0.5, 0.35, 2.1, 0.7, 34),
    "compact": Zones(2.9, 2.6, 3.1, 0, 0.6, 0.4, 0.6, 0.7, 32),
    "present": Zones(0, 0, 0, 0, 0.2, 0.1, 0.2, 0.7, 32),
    "short": Zones(2.9, 2.4, 2.9, 0, 0.4, 0.4, 0.5, 0.5, 14),
}
BAR = 0.38  # a lane's twin bar
WHOLE_LEFT, BRIEF_LEFT = 1.33, 0.45  # em, from the bar to the header's badge and what is under it
HEADER, BRIEF = 5.1, 2.6  # a lane's header: with its sentence on two lines and remedies, or one line
ROOMY = 16  # em: a lane as high as this has room for the whole header
LEAST_SURFACE = 8.2  # em: a surface beside an opened panel's page
UNDER = 0.4  # em, from the headers to the page under them
PAGE = 22  # em: an opened panel's page is at least so wide beside two surfaces
LEGEND = 15.2  # the legend's width where it stands in the bottom bar
PAD, LOSS, TABLE, DOOR = 1.33, 18.6, 14.8, 2.76  # the column's padding, its chart, its table, a row of doors
LEAST_TABLE, LEAST_LOSS, LOW_DOOR = 14.8, 12, 2.05  # where more than ROWS rows of doors need the room
BELOW = 1.1  # em, from the chart to the table
OPEN_LOSS = 13  # the chart over an opened instrument, which needs the room more
DOORS, ROWS = 3, 2  # doors in a row
BACK = 2.2  # the row with "Back"
CARD = 0.3  # of the width: a lesson's card
OVER, OVER_FROM = 16.2, 49  # em: a card over the lanes, and the lowest window that has room for it
LOW = 42  # em: in a lower window with tabs the lanes need the gap's room
FITTING = {"compact", "short", "low tabs", "present"}  # the legend stands in the bottom bar


def layout_of(width: int, height: int, theme: str, text_size: int = 0) -> tuple[int, str]:
    """The size of body text in logical px, and the layout that has room for it.

    Width and height are logical px; `text_size` counts steps up or down.
    """
    least, share = (20, 0.027) if theme == "projector" else (14, 0.02)
    wanted = int(max(least, share * height) * TEXT_STEP**text_size)
    em = max(least, min(wanted, width // LEAST_WIDTH, height // LEAST_HEIGHT))
    if height < SHORT * em:
        return em, "short"
    return em, "wide" if width >= WIDE * em else "tabs" if width >= TABS * em else "compact"


class Shown(NamedTuple):
    """What asks for room: the visible twins, what is open, how many doors there are."""

    twins: tuple[int, ...]
    page: str = ""  # where the opened panel lives: "instrument", "drawer", "loss", ...; "" for none
    filled: bool = False  # a panel fills the window
    message: bool = False
    doors: int = 0
    lesson: bool = False  # its card stands at the left, and the column's place goes to the lanes
    over: bool = False  # or over the lanes, where no column has room


def arrange(size: QSize, em: int, layout: str, shown: Shown) -> dict[str, QRect]:
    """The rectangle of everything that is visible, by name; lanes' parts end in their twin's number."""
    if layout == "tabs" and (shown.over or size.height() < LOW * em):
        layout = "low tabs"
    bars, middle = _bars(size, em, ZONES[layout], layout)
    if shown.filled:
        if layout == "short":  # the tabs' room is the page's: Back and Esc lead to them
            middle.setBottom(bars.pop("tabs").bottom())
        return bars | _filled(middle, em, shown)
    if shown.over:
        bars |= _card_over(size, em, bars)
        middle.setTop(bars["card"].bottom() + 1)
    elif shown.lesson:
        bars |= _card(size, em, bars)
        middle.setLeft(bars["tabs"].left())
    lanes = middle.adjusted(0, 0, -round(ZONES[layout].column * em), 0)
    parts = _side_by_side(lanes, em, shown) if layout == "short" else stacked(lanes, em, layout, shown)
    if layout == "wide":
        column = QRect(lanes.right() + 1, middle.top(), middle.width() - lanes.width(), middle.height())
        parts |= {"column": column} | _column(column, em, shown)
    if shown.message:
        sentence = parts.pop("sentence", None)
        parts["message"] = sentence or bars.pop("tabs")
    return bars | parts


def _bars(size: QSize, em: int, zones: Zones, layout: str) -> tuple[dict[str, QRect], QRect]:
    """The bars across the window, and what they leave."""
    width, height = size.width(), size.height()
    top, tabs, bottom = (round(zone * em) for zone in (zones.top, zones.tabs, zones.bottom))
    found = {"top": QRect(0, 0, width, top), "foot": QRect(0, height - bottom, width, bottom)}
    legend = round(LEGEND * em) if layout in FITTING else 0
    found["bottom"] = found["foot"].adjusted(0, round(0.12 * em), -legend, 0)
    if legend:
        found["legend"] = QRect(
            width - legend, found["bottom"].top(), legend - em // 2, found["bottom"].height()
        )
    if tabs:
        found["tabs"] = QRect(0, height - bottom - tabs, width, tabs)
    return found, QRect(0, top, width, height - top - tabs - bottom)


def _card(size: QSize, em: int, bars: dict[str, QRect]) -> dict[str, QRect]:
    """The lesson's card at the left, the tabs beside it."""
    wide, top, bottom = round(CARD * size.width()), bars["top"].height(), bars["foot"].top()
    card = QRect(0, top, wide, bottom - top)
    pad = round(PAD * em)
    tabs = bars["tabs"].adjusted(wide, 0, 0, 0)
    return {"card": card, "lesson": card.adjusted(pad, em, -pad, -em), "tabs": tabs}


def over(layout: str, height: int, em: int) -> bool:
    """Whether a lesson's card stands over the lanes: in windows with tabs, where both have their height."""
    return layout == "tabs" and height >= OVER_FROM * em


def _card_over(size: QSize, em: int, bars: dict[str, QRect]) -> dict[str, QRect]:
    """The lesson's card as a strip below the top bar."""
    card = QRect(0, bars["top"].bottom() + 1, size.width(), round(OVER * em))
    return {"card": card, "lesson": card.adjusted(round(PAD * em), em // 2, -round(PAD * em), -em // 4)}


def _filled(middle: QRect, em: int, shown: Shown) -> dict[str, QRect]:
    back = QRect(middle.left() + em, middle.top() + em // 2, middle.width() - 2 * em, round(BACK * em))
    message = round(2.6 * em) if shown.message else 0
    page = QRect(back.left(), back.bottom() + em // 2, back.width(), 0)
    page.setBottom(middle.bottom() - em - message)
    found = {"sheet": middle, "back": back, "page": page}
    if message:
        found["message"] = QRect(middle.left(), middle.bottom() - message, middle.width(), message)
    return found


def stacked(area: QRect, em: int, layout: str, shown: Shown) -> dict[str, QRect]:
    """Lanes above each other: header and network on the left, the surface on the right."""
    zones, count = ZONES[layout], len(shown.twins)
    gap, side = round(zones.gap * em), round(zones.side * em)
    room = area.height() - round((zones.above + zones.below) * em)
    rows = gap * (count - 1) if count > 1 or layout in FITTING else gap  # one lane: its legend is below it
    width = area.width() - side
    square = min((room - rows) // count, max(width - round(zones.canvas * em), int(width * 0.42)))
    x = area.left() + width - square
    y = area.top() + round(zones.above * em) + (room - rows - count * square) // 2
    found: dict[str, QRect] = {}
    for twin in shown.twins:
        found |= _lane(QRect(area.left(), y, x - area.left(), square), em, twin)
        found[f"surface {twin}"] = QRect(x, y, square, square)
        y += square + gap
    first = found[f"surface {shown.twins[0]}"]
    left = area.left() + round((BAR + (WHOLE_LEFT if square >= ROOMY * em else BRIEF_LEFT)) * em)
    below = QRect(left, first.bottom() + 1, x - em - left, gap)
    if layout not in FITTING:
        found["legend"] = QRect(x, below.top(), square, gap)
    if layout in ("compact", "present") and count > 1:
        line = max(1, round(0.14 * em))
        found["rule"] = QRect(area.left() + em // 2, below.center().y(), x - area.left() - em, line)
    elif layout not in ("compact", "present") and (count > 1 or (shown.message and layout not in FITTING)):
        found["sentence"] = below
    return found if layout == "wide" or not shown.page else _tabbed(found, area, em, x, shown)


def _lane(row: QRect, em: int, twin: int) -> dict[str, QRect]:
    bar = round(BAR * em)
    network = row.adjusted(bar, 0, 0, 0)
    header = QRect(network.topLeft(), QSize(network.width(), header_height(row.height(), em)))
    return {
        f"bar {twin}": QRect(row.topLeft(), QSize(bar, row.height())),
        f"network {twin}": network,
        f"header {twin}": header,
    }


def header_height(lane: int, em: int) -> int:
    """How high a lane's header is, both in px."""
    return round((HEADER if lane >= ROOMY * em else BRIEF) * em)


def _tabbed(found: dict[str, QRect], area: QRect, em: int, right: int, shown: Shown) -> dict[str, QRect]:
    """Another tab than the network: headers in one stack, the tab's page below, bars beside the surfaces."""
    bar, brief = round(BAR * em), round(BRIEF * em)
    kept = {name: rect for name, rect in found.items() if name.startswith(("surface", "legend"))}
    y = area.top() + em // 2
    for twin in shown.twins:
        kept[f"header {twin}"] = QRect(area.left() + bar, y, right - area.left() - 2 * bar, brief)
        surface = found[f"surface {twin}"]
        kept[f"bar {twin}"] = QRect(right - bar, surface.top(), bar, surface.height())
        y += brief
    kept["sheet"] = QRect(area.left(), y, right - bar - area.left(), area.bottom() + 1 - y)
    y += round(UNDER * em)
    kept["page"] = QRect(area.left() + em, y, right - area.left() - 2 * em - bar, area.bottom() - em // 2 - y)
    return kept


def _side_by_side(area: QRect, em: int, shown: Shown) -> dict[str, QRect]:
    """The surfaces beside each other under their headers, the tab's page or the networks to their left."""
    zones, count = ZONES["short"], len(shown.twins)
    gap, head = round(zones.gap * em), round(2.9 * em)
    top = area.top() + round(zones.above * em)
    room = area.height() - round((zones.above + zones.below) * em)
    least = max(zones.canvas, min(PAGE, area.width() / em - count * LEAST_SURFACE))
    beside = least if shown.page else zones.canvas
    square = min(room - head, (area.width() - round(beside * em)) // count - gap)
    left = area.width() - count * (square + gap)
    found: dict[str, QRect] = {}
    network = (room - gap * (count - 1)) // count
    for place, twin in enumerate(shown.twins):
        x = left + place * (square + gap)
        found[f"header {twin}"] = QRect(x, top, square, head)
        found[f"surface {twin}"] = QRect(x, top + head, square, square)
        if not shown.page:
            y = top + place * (network + gap)
            found[f"bar {twin}"] = QRect(0, y, round(BAR * em), network)
            found[f"network {twin}"] = QRect(round(BAR * em), y, left - gap - round(BAR * em), network)
    if shown.page:
        found["page"] = QRect(em // 2, top, left - gap - em // 2, room)
        found["sheet"] = QRect(0, area.top(), left - gap // 2, area.height())
    return found


def _column(column: QRect, em: int, shown: Shown) -> dict[str, QRect]:
    """The instrument column: loss, table and doors; an opened instrument takes the place of the last two."""
    pad = round(PAD * em)
    inner = column.marginsRemoved(QMargins(pad, round(0.95 * em), pad, round(0.75 * em)))
    if shown.page == "drawer":
        return {"page": inner}
    rows = -(-shown.doors // DOORS)
    doors = round((2.2 + rows * (DOOR if rows <= ROWS else LOW_DOOR)) * em) if rows else 0
    opened = shown.page == "instrument"
    rest = inner.height() - doors - round((BELOW + LEAST_TABLE) * em)
    wanted = round(OPEN_LOSS * em) if opened else max(rest, round(LEAST_LOSS * em))
    high = min(round(LOSS * em), wanted, int(inner.height() * 0.43))
    loss = QRect(inner.topLeft(), QSize(inner.width(), high))
    below = inner.adjusted(0, loss.height() + (em // 2 if opened else round(BELOW * em)), 0, 0)
    if opened:
        back = QRect(below.topLeft(), QSize(below.width(), round(BACK * em)))
        return {"loss": loss, "back": back, "page": below.adjusted(0, back.height() + em // 4, 0, 0)}
    table = QRect(below.topLeft(), QSize(below.width(), min(round(TABLE * em), below.height() - doors)))
    found = {"loss": loss, "table": table}
    if rows:
        found["doors"] = QRect(below.left(), table.bottom() + 1, below.width(), doors)
    return found
