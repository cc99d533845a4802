from itertools import combinations, product

import pytest
from PySide6.QtCore import QRect, QSize

from netviz.app.layouts import Shown, arrange, layout_of

# SCREEN.md "Sizes", row for row
SCREENS = (
    (1280, 720, "light", "wide"),
    (1366, 768, "light", "wide"),
    (1920, 1080, "dark", "wide"),
    (3840, 2160, "light", "wide"),
    (1024, 768, "light", "tabs"),
    (1024, 768, "dark", "tabs"),
    (1280, 720, "projector", "tabs"),
    (1366, 768, "projector", "tabs"),
    (1920, 1080, "projector", "tabs"),
    (3840, 2160, "projector", "tabs"),
    (1024, 768, "projector", "compact"),
    (640, 360, "light", "short"),  # 1280x720 at 200 %
    (683, 384, "projector", "short"),  # 1366x768 at 200 %
)
SIZES = ((1024, 768), (1280, 720), (1366, 768), (1920, 1080), (3840, 2160), (640, 360), (800, 1200))
LOOKS = ("light", "dark", "projector")
SHOWN = (
    Shown((0, 1), doors=6),
    Shown((0, 1), "instrument", doors=6),
    Shown((0, 1), "drawer", doors=1),
    Shown((0,), doors=1),
    Shown((1,), message=True),
    Shown((0, 1), "loss", message=True),
    Shown((0, 1), "loss", filled=True, message=True),
)
OVER = {"foot": {"bottom", "legend"}, "column": {"loss", "table", "doors", "back", "page"},
        "sheet": {"back", "page", "message"}, "network": {"header"}}  # fmt: skip


@pytest.mark.parametrize(("width", "height", "theme", "expected"), SCREENS)
def test_every_screen_has_the_layout_of_the_design(width, height, theme, expected):
    assert layout_of(width, height, theme)[1] == expected


@pytest.mark.parametrize(
    ("height", "theme", "em"),
    [
        (720, "light", 14),
        (1080, "light", 21),
        (2160, "dark", 43),
        (768, "projector", 20),
        (1080, "projector", 29),
    ],
)
def test_text_is_two_percent_of_the_height_and_more_for_a_projector(height, theme, em):
    assert layout_of(height * 16 // 9, height, theme)[0] == em


def test_larger_text_takes_the_column_before_it_cuts_anything():
    assert layout_of(1920, 1080, "light", 3) == (28, "tabs")  # 21.6 * 1.1^3 = 28.7; 1920 / 28 = 68.6 em


def test_text_never_grows_until_nothing_fits():
    assert layout_of(660, 900, "light", 8) == (14, "compact")  # 18 * 1.1^8 = 38, but 660 / 45 = 14.7


def stands_on(lower: str, upper: str) -> bool:
    return upper.split()[0] in OVER.get(lower.split()[0], set())


@pytest.mark.parametrize(("size", "theme", "shown"), list(product(SIZES, LOOKS, SHOWN)))
def test_nothing_overlaps_and_nothing_is_cut(size, theme, shown):
    window = QRect(0, 0, *size)
    em, layout = layout_of(*size, theme)
    rects = arrange(QSize(*size), em, layout, shown)
    for name, rect in rects.items():
        assert window.contains(rect), (layout, name, rect)
    for (a, one), (b, other) in combinations(rects.items(), 2):
        assert stands_on(a, b) or stands_on(b, a) or not one.intersects(other), (layout, a, one, b, other)


@pytest.mark.parametrize(("size", "theme", "shown"), list(product(SIZES, LOOKS, SHOWN)))
def test_verdicts_and_surfaces_stay_whatever_is_open(size, theme, shown):
    em, layout = layout_of(*size, theme)
    rects = arrange(QSize(*size), em, layout, shown)
    kept = {"top", "bottom"} | ({"page"} if shown.filled else set())
    if not shown.filled:
        kept |= {
            f"{part} {twin}"
            for part in ("header", "surface", "bar")
            for twin in shown.twins
            if layout != "short"
        }
    assert kept <= set(rects)


def test_the_wide_layout_is_the_picture():
    rects = arrange(QSize(1920, 1080), 21, "wide", Shown((0, 1), doors=6))
    assert rects["top"].height() == 72
    assert rects["foot"].top() == 1016
    assert rects["column"].left() == pytest.approx(1432, abs=1)
    assert rects["surface 0"].width() == pytest.approx(424, abs=1)
    assert rects["surface 0"].left() == pytest.approx(976, abs=2)
    assert rects["surface 1"].top() == pytest.approx(580, abs=1)  # 92 + 424 + 64


def test_many_doors_take_room_from_the_chart_before_the_table():
    few, many = (arrange(QSize(1920, 1080), 21, "wide", Shown((0, 1), doors=doors)) for doors in (6, 12))
    assert many["loss"].height() < few["loss"].height()
    assert many["table"].height() >= 14 * 21  # its four rows, title and foot


def test_a_single_twin_gets_the_room_of_both():
    both = arrange(QSize(1920, 1080), 21, "wide", Shown((0, 1)))
    one = arrange(QSize(1920, 1080), 21, "wide", Shown((0,)))
    assert one["surface 0"].width() > 1.2 * both["surface 0"].width()


def test_a_page_beside_two_surfaces_is_wide_enough_for_an_instrument():
    em, layout = layout_of(640, 360, "light")
    found = arrange(QSize(640, 360), em, layout, Shown((0, 1), page="instrument"))
    assert found["page"].width() >= 20.3 * em  # what a page in the column has
    assert found["surface 0"].width() >= 8 * em


def test_a_filled_page_has_the_tabs_room_where_the_window_is_low():
    em, layout = layout_of(640, 360, "light")
    found = arrange(QSize(640, 360), em, layout, Shown((0, 1), page="instrument", filled=True))
    assert "tabs" not in found
    assert found["page"].height() >= 14 * em
