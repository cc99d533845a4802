from itertools import combinations, product

import pytest
from PySide6.QtCore import QRect, QSize

from netviz.app.hall.stage import BAND, Staged, arrange_stage, stage_em

HALLS = ((1920, 1080), (1024, 768), (1280, 720), (3840, 2160), (640, 360), (2560, 1080))
CARDS = [
    Staged(twins, True, page, surfaces, strip, side)
    for twins, page, surfaces, strip, side in product(
        ((0, 1), (0,)), (True, False), (True, False), (True, False), (True, False)
    )
    if page or (surfaces and not strip)
]
PARTS = ("band", "steps", "strip", "side", "page", "surface 0", "surface 1", "bottom")


@pytest.mark.parametrize(("size", "em"), [((1920, 1080), 30), ((3840, 2160), 60), ((1024, 768), 21)])
def test_labels_are_30_of_1080_px(size, em):
    assert stage_em(*size) == em


@pytest.mark.parametrize("size", HALLS)
def test_no_text_is_below_what_the_last_row_can_read(size):
    assert stage_em(*size) >= 0.027 * size[1]


@pytest.mark.parametrize("size", HALLS)
@pytest.mark.parametrize("staged", [*CARDS, Staged((0, 1)), Staged((0,), page=True)], ids=str)
def test_everything_is_on_the_screen_and_nothing_covers_anything(size, staged):
    rects = arrange_stage(QSize(*size), stage_em(*size), staged)
    whole = QRect(0, 0, *size)
    assert all(whole.contains(rect) for rect in rects.values())
    shown = {name: rect for name, rect in rects.items() if name in PARTS}
    for (one, a), (other, b) in combinations(shown.items(), 2):
        assert not a.intersects(b), (one, other)
    assert not staged.card or rects["band"].height() == round(BAND * size[1])
