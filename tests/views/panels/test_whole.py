"""Every instrument is whole: in every state, size and theme no words leave the page or lie on others."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from netviz.session.experiment import with_value
from netviz.session.presets import PRESETS
from netviz.session.sides import _dials, _trained
from netviz.views.drawing import sheet as pages
from netviz.views.drawing.proof_card import unbroken
from netviz.views.panels.bend import BendPanel
from netviz.views.panels.collapse import CollapsePanel
from netviz.views.panels.dial import DialPanel
from netviz.views.panels.hand import HandPanel
from netviz.views.panels.proof import ProofPanel
from netviz.views.panels.regions import RegionsPanel
from netviz.views.panels.stall import StallPanel
from netviz.views.theme import THEMES, Look, stylesheet

XOR = PRESETS["xor"].experiment
PANELS = (BendPanel, CollapsePanel, DialPanel, HandPanel, ProofPanel, RegionsPanel, StallPanel)
# An em and a page: the columns of 1366x768, 1920x1080 and 3840x2160, filled pages, tabs of 1024x768.
PAGES = {
    "column at 1366": ("light", 15, 309, 336),
    "column at 1920": ("dark", 21, 430, 480),
    "column at 3840": ("light", 43, 880, 985),
    "filled at 1920": ("dark", 29, 1870, 860),
    "filled at 1024, projector": ("projector", 20, 980, 500),
    "filled at 800, projector": ("projector", 20, 760, 401),
    "tab at 1024": ("light", 15, 640, 500),
    "tab at 1024, projector": ("projector", 20, 625, 440),
    "own window": ("projector", 27, 1200, 700),
    "column at 1366x738": ("light", 14, 287, 323),
    "hall at 1366": ("projector", 21, 958, 566),
    "hall at 1920": ("projector", 30, 1347, 791),
    "card at 1024": ("projector", 21, 980, 540),
    "card at 1024, beside choices": ("projector", 22, 766, 545),
}
CUT = "cut: "  # what the box of a sentence has no height for


def changed(**values):
    made = XOR
    for key, value in values.items():
        made = with_value(made, key, value)
    return made


STATES = {
    "first start": (0, XOR),
    "training": (30, XOR),
    "learned": (172, XOR),
    "did not find, flat": (3000, changed(seed=8)),
    "did not find, three merged": (3000, changed(seed=1)),
    "did not find, two merged": (3000, changed(seed=19)),
    "diverged": (60, changed(learning_rate=3.0)),
    "AND": (172, changed(dataset="gate:0001")),
    "no hidden layer": (100, changed(hidden=())),
    "eight hidden layers": (100, changed(hidden=(4,) * 8)),
    "a curve": (100, changed(dataset="sine", hidden=(8,))),
    "three classes": (100, changed(dataset="blobs", hidden=(6,))),
    "500 points": (50, changed(dataset="moons", hidden=(4,), points=500)),
}


@pytest.fixture
def words(monkeypatch):
    """Paint a panel and return where all its words stand."""
    boxes: list[tuple[str, QRectF]] = []

    def text(self, said, box, token="text", ems=1.0, weight=400, align=pages.LEFT):
        bounds = self.metrics(ems, weight).boundingRect(
            QRectF(box.left(), box.top(), box.width(), 10_000), int(align) | int(pages.WRAP), said
        )
        cut = bounds.height() > box.height() + 2
        boxes.append((f"{CUT}{said}" if cut and bounds.width() else said, QRectF(bounds)))
        return original_text(self, said, box, token, ems, weight, align)

    def runs(self, said, left, middle, ems=1.0):
        end = original_runs(self, said, left, middle, ems)
        high = self.metrics(ems).capHeight()
        boxes.append(("".join(run.words for run in said), QRectF(left, middle - high / 2, end - left, high)))
        return end

    original_text, original_runs = pages.Sheet.text, pages.Sheet.runs
    monkeypatch.setattr(pages.Sheet, "text", text)
    monkeypatch.setattr(pages.Sheet, "runs", runs)

    def paint(panel):
        boxes.clear()
        image = QImage(panel.size(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        panel.draw(pages.Sheet(painter, panel.look), panel.page)
        painter.end()
        return list(boxes)

    return paint


def overlapping(boxes):
    """The pairs of words that lie on each other, a little air taken off."""
    smaller = [(said, box.adjusted(0.5, 2.5, -0.5, -2.5)) for said, box in boxes if said.strip()]
    return [(a, b) for (a, one), (b, other) in combinations(smaller, 2) if one.intersects(other)]


OFTEN = ("column at 1366", "filled at 1024, projector", "tab at 1024, projector")  # where there is least room
CASES = [(page, state) for page in PAGES for state in STATES if page in OFTEN or state in ("learned", "AND")]


@pytest.mark.parametrize(("page", "state"), CASES)
@pytest.mark.parametrize("make", PANELS)
def test_no_words_leave_the_page_or_lie_on_others(put, trained, words, make, page, state):
    theme, em, width, height = PAGES[page]
    shown = replace(trained(*STATES[state]), theme=theme)
    side = _trained(_dials(shown.experiment.at(0)), shown.step)
    panel = put(make, replace(shown, side=side, opened="dial"), width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    boxes = words(panel)
    room = QRectF(panel.rect()).adjusted(-2, -2, 2, 2)
    assert [said for said, box in boxes if said.strip() and not room.contains(box)] == []
    assert [said for said, _ in boxes if said.startswith(CUT)] == []
    assert overlapping(boxes) == []
    assert panel.accessibleName() == panel.sentence(panel.store.state) != ""
    for child in panel.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        assert not child.isVisible() or panel.rect().contains(child.geometry())


@pytest.mark.parametrize("page", PAGES)
def test_the_proof_is_never_cut_short(put, trained, words, page):
    theme, em, width, height = PAGES[page]
    panel = put(BendPanel, replace(trained(172), theme=theme), width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    assert {"1.", "2.", "3."} <= {said for said, _ in words(panel)}


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("Without now: −0.54 = −0.54.", ["Without_now:_−0.54_=_−0.54."]),
        ("loss D²/16 = (−2)²/16 = ¼.", ["loss", "D²/16_=_(−2)²/16_=_¼."]),
        (
            "Flat means f = w₁x₁ + w₂x₂ + b, so f₀₀ + f₁₁ = f₀₁ + f₁₀ = w₁ + w₂ + 2b.",
            ["Flat", "means", "f", "=_w₁x₁_+_w₂x₂_+_b,", "so", "f₀₀_+_f₁₁", "=_f₀₁_+_f₁₀", "=_w₁_+_w₂_+_2b."],
        ),
    ],
)
def test_a_sum_of_the_proof_is_not_broken(line, lines):
    assert unbroken(line).split(" ") == [part.replace("_", "\u00a0") for part in lines]


@pytest.mark.parametrize("page", ["tab at 1024", "hall at 1366", "hall at 1920"])
@pytest.mark.parametrize("make", PANELS)
def test_what_stands_in_a_high_page_is_larger(put, trained, make, page):
    theme, em, width, height = PAGES[page]
    panel = put(make, replace(trained(172), theme=theme), width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    assert not panel.wide
    assert panel.look.em > 1.14 * em  # parts beside each other would let it grow by no more than 1.09


@pytest.mark.parametrize("width", [287, 1347])
def test_each_letter_of_the_proof_is_explained(put, trained, words, width):
    said = " ".join(text for text, _ in words(put(ProofPanel, trained(172), width, 500)))
    said = said.replace("\u00a0", " ")
    assert "f = w₁x₁ + w₂x₂ + b" in said
    assert "f₀₁ is the answer at 01" in said
    assert "D = f₀₀ + f₁₁ − f₀₁ − f₁₀" in said


def test_the_proof_fills_a_page_of_its_own(put, trained, words):
    theme, em, width, height = PAGES["hall at 1920"]
    panel = put(ProofPanel, replace(trained(172), theme=theme), width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    last = next(box for said, box in words(panel) if said.startswith("So the best"))
    assert last.bottom() > 0.6 * height


@pytest.mark.parametrize("step", [0, 172])
@pytest.mark.parametrize(
    ("em", "width", "height"), [(14, 287, 401), (15, 309, 408), (21, 432, 574), (43, 885, 1124)]
)
def test_a_column_has_the_proofs_picture_and_names_its_surfaces(
    put, trained, words, monkeypatch, em, width, height, step
):
    marks: list[float] = []
    monkeypatch.setattr(pages.Sheet, "target", lambda self, value, at, size: marks.append(size / em))
    bend, collapse = (put(make, trained(step), width, height) for make in (BendPanel, CollapsePanel))
    for panel in (bend, collapse):
        panel.set_look(Look(THEMES["light"], em, "wide"))
    words(bend)
    assert len(marks) == 4
    assert min(marks) > 1
    assert {"its surface", "nearest flat"} <= {said for said, _ in words(collapse)}


@pytest.mark.parametrize("page", ["tab at 1024", "tab at 1024, projector"])
def test_a_tab_names_the_surfaces_and_has_each_layers_sum_on_one_line(put, trained, words, page):
    theme, em, width, height = PAGES[page]
    panel = put(CollapsePanel, replace(trained(172), theme=theme), width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    boxes = words(panel)
    assert {"its surface", "nearest flat"} <= {said for said, _ in boxes}
    sums = [box for said, box in boxes if " x₁ " in said]
    assert len(sums) == 2
    assert all(box.height() < 1.5 * panel.look.em for box in sums)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("reduced", [False, True])
def test_the_weights_of_the_one_layer_keep_off_each_other(put, trained, words, monkeypatch, page, reduced):
    theme, em, width, height = PAGES[page]
    pills: list[QRectF] = []
    original = pages.Sheet.pill
    monkeypatch.setattr(pages.Sheet, "pill", lambda *told, **named: pills.append(original(*told, **named)))
    state = replace(trained(172), theme=theme, reduced_motion=reduced)
    panel = put(CollapsePanel, state, width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    panel.motion.set_share(1.0)
    pills.clear()
    words(panel)
    assert not any(a.intersects(b) for a, b in combinations(pills, 2))
    assert panel.motion.button.width() < 7 * panel.look.em  # with no slider it is no wider


@pytest.mark.parametrize("page", ["column at 1366", "column at 1920"])
def test_how_many_lamps_are_lit_stands_on_one_line(put, trained, words, page):
    theme, em, width, height = PAGES[page]
    panel = put(HandPanel, replace(trained(172), theme=theme), width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    said = next(text for text, _ in words(panel) if text.startswith("Light"))
    assert said.endswith("0\u00a0of\u00a04\u00a0lit,\u00a0loss\u00a00.250.")


@pytest.mark.parametrize("step", [0, 172])
def test_the_narrowest_usual_column_has_the_sums_of_both_twins(put, trained, words, step):
    theme, em, width, height = PAGES["column at 1366"]
    panel = put(BendPanel, replace(trained(step), theme=theme), width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    sums = [said for said, _ in words(panel) if said.startswith(("With: ", "Without: "))]
    assert len(sums) == 2
    assert not [said for said in sums if said.count("+") + said.count("−") < 3]


@pytest.mark.parametrize(
    "state", ["did not find, flat", "did not find, three merged", "did not find, two merged"]
)
def test_a_filled_page_lists_what_the_stuck_hidden_layers_say(put, trained, words, state):
    theme, em, width, height = PAGES["filled at 1920"]
    panel = put(StallPanel, replace(trained(*STATES[state]), theme=theme), width, height)
    panel.set_look(Look(THEMES[theme], em, "wide"))
    boxes = words(panel)
    names = [box for said, box in boxes if said in ("00", "01", "10", "11")]
    assert len(names) == 8
    assert overlapping(boxes) == []
    assert len({box.top() for box in names}) == 1  # of both twins at one height
    assert max(button.geometry().bottom() for button in panel.buttons) > 0.8 * height


@pytest.mark.parametrize("page", PAGES)
def test_all_three_remedies_have_their_button(qapp, put, trained, page):
    theme, em, width, height = PAGES[page]
    panel = put(StallPanel, replace(trained(*STATES["did not find, two merged"]), theme=theme), width, height)
    font = qapp.font()
    qapp.setFont(Look(THEMES[theme], em, "wide").font())  # as the window does
    qapp.setStyleSheet(stylesheet(Look(THEMES[theme], em, "wide")))
    panel.set_look(Look(THEMES[theme], em, "wide"))
    shown = [button for button in panel.buttons if button.isVisible()]
    assert [button.text() for button in shown] == ["New start", "More units", "Other activation"]
    assert all(button.fontMetrics().horizontalAdvance(button.text()) < button.width() for button in shown)
    qapp.setFont(font)
