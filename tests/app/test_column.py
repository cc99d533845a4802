"""Opened instruments in the side column: there is room to read them and to take hold of them."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF

from netviz.app.bars.column import Doors
from netviz.app.bars.tabs import TabStrip
from netviz.app.commands import commands
from netviz.views.panels.fold import FoldPanel
from netviz.views.panels.gallery import GalleryPanel
from netviz.views.panels.hand import HandPanel
from netviz.views.panels.loss import LossPanel, crossed
from netviz.views.registry import place, places

wide = pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])


@pytest.fixture
def opened(window_of, trained):
    """An instrument opened in the column, and the column's em."""

    def make(kind, name, size):
        window = window_of(trained(172, opened=name), size)
        panel = next(one for one in window.findChildren(kind) if one.isVisible())
        return window, panel, window._look.em

    return make


@wide
def test_the_loss_stays_over_an_opened_instrument_which_has_the_larger_part(opened, size):
    window, panel, em = opened(HandPanel, "hand", size)
    loss = next(one for one in window.findChildren(LossPanel) if one.isVisible())
    assert 12 * em <= loss.height() <= 14 * em
    assert panel.height() > 1.7 * loss.height()


@wide
def test_the_gallery_has_a_curve_to_read_and_a_slider_to_hold(opened, size):
    _, panel, em = opened(GalleryPanel, "gallery", size)
    assert panel.slider.width() > 0.9 * panel.width()
    assert panel.chosen.curve.height() > 4.5 * em  # at 1366x768 67 px; it was 30
    chips = sorted((chip.geometry() for chip in panel.chips.values()), key=QRect.top)
    assert all(chip.height() > 1.2 * em for chip in chips)
    assert len({chip.top() for chip in chips}) == 7
    between = [lower.top() - upper.bottom() - 1 for upper, lower in pairwise(chips)]
    assert all(gap >= 2 for gap in between if gap > -chips[0].height())  # the rest stand in one row


@wide
def test_nine_numbers_by_hand_stand_apart(opened, size):
    _, panel, em = opened(HandPanel, "hand", size)
    cells = [cell.geometry() for cell in panel.cells]
    assert all(right.left() - left.right() >= 0.25 * em for left, right in pairwise(cells[:3]))
    assert all(below.top() - above.bottom() > 0.4 * em for above, below in pairwise(cells[::3]))
    names = [cell.name for cell in panel.cells]
    assert all(name.fontMetrics().horizontalAdvance(name.text()) <= name.width() for name in names)


@wide
def test_what_the_fold_says_stands_right_below_its_planes(opened, size):
    _, panel, em = opened(FoldPanel, "fold", size)
    assert panel.words.y() - panel.view.geometry().bottom() <= 0.6 * em
    assert panel.view.height() < panel.width()


@wide
def test_over_an_instrument_no_word_of_the_loss_lies_on_a_curve(opened, size):
    window, _, _ = opened(HandPanel, "hand", size)
    loss = next(one for one in window.findChildren(LossPanel) if one.isVisible())
    curves = np.concatenate([loss._samples(items.curve) for items in loss.twins])
    for text in (loss.words, *(items.label for items in loss.twins)):
        assert crossed(QRectF(text.pos(), text.boundingRect().size()), curves) == 0


def test_what_is_offered_says_what_it_shows(window_of, trained):
    window = window_of(trained(172), (1366, 768))
    abouts = {name: row.about for name, row in places().items() if row.where == "instrument"}
    assert all(abouts.values())
    doors, tabs = (window.findChild(kind).buttons for kind in (Doors, TabStrip))
    for name, door in doors.items():
        assert door.toolTip() == f"{abouts[name]} ({place(name).key})"
        assert tabs[name].toolTip() == abouts[name]
    offered = {row.label: row.tip for row in commands(places()) if row.group == "Look inside"}
    assert {place(name).title: about for name, about in abouts.items()}.items() <= offered.items()
