"""Collapse, bend, proof, regions and stalls say today's numbers, and their controls do what they say."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter

from netviz.session import selectors
from netviz.session.actions import SetFused
from netviz.session.experiment import with_value
from netviz.session.instruments import proofs
from netviz.session.presets import PRESETS
from netviz.session.text import shown
from netviz.views.drawing import sheet as pages
from netviz.views.panels.bend import BendPanel
from netviz.views.panels.collapse import CollapsePanel
from netviz.views.panels.proof import ProofPanel
from netviz.views.panels.regions import STALE, RegionsPanel
from netviz.views.panels.stall import NOTHING, StallPanel

XOR = PRESETS["xor"].experiment
PANELS = (BendPanel, CollapsePanel, ProofPanel, RegionsPanel, StallPanel)
SIZES = ((440, 460), (182, 265), (680, 480), (1800, 800))


@pytest.fixture
def written(monkeypatch):
    """Paint a panel and return every word that it writes."""
    words: list[str] = []
    for name in ("runs", "text"):
        original = getattr(pages.Sheet, name)

        def write(self, what, *rest, original=original, **named):
            words.append(what if isinstance(what, str) else "".join(run.words for run in what))
            return original(self, what, *rest, **named)

        monkeypatch.setattr(pages.Sheet, name, write)

    def paint(panel):
        words.clear()
        image = QImage(panel.size(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        panel.draw(pages.Sheet(painter, panel.look), panel.page)
        painter.end()
        return [word.replace("\u00a0", " ") for word in words]

    return paint


@pytest.mark.parametrize("make", PANELS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_panel_is_painted_at_every_size(put, trained, make, size, written):
    panel = put(make, trained(172), *size)
    assert written(panel)
    assert panel.accessibleName() == panel.sentence(panel.store.state)
    assert not panel.grab().isNull()


@pytest.mark.parametrize("make", PANELS)
def test_a_run_that_left_the_range_is_shown_as_well(put, trained, make, written):
    panel = put(make, trained(60, with_value(XOR, "learning_rate", 3.0)))
    assert written(panel)


@pytest.mark.parametrize("make", PANELS)
def test_the_same_numbers_are_not_laid_out_again(put, trained, make, monkeypatch):
    panel = put(make, trained(172))
    monkeypatch.setattr(panel, "read", lambda state: pytest.fail("read again"))
    state = panel.store.state
    panel.show_state(state, replace(state, speed=10.0))
    assert list(panel.showing(state, replace(state, speed=10.0))) == []


@pytest.mark.parametrize("make", [make for make in PANELS if make is not CollapsePanel])  # it reads networks
def test_what_reads_the_same_is_not_laid_out_again(put, trained, make, monkeypatch):
    panel = put(make, trained(172))
    monkeypatch.setattr(panel, "arrange", lambda look, box: pytest.fail("laid out again"))
    state = panel.store.state
    panel.show_state(state, replace(state, frame=state.frame._replace()))


# ------------------------------------------------------------------------------------- collapse
def test_collapse_says_what_matters_and_how_far_the_other_one_is(put, trained, written):
    panel = put(CollapsePanel, trained(172), 440, 600)
    said = written(panel)
    assert "9 numbers, but only 3 matter: one layer." in said
    assert "ŷ = 0.00 x₁ + 0.00 x₂ + 0.50." in said
    assert "Not one layer: nearest is up to 1.15 off." in said
    assert "Root mean square difference 0.41." in said


def test_the_layers_fuse_into_one_with_its_numbers(put, trained, written, qtbot):
    panel = put(CollapsePanel, trained(20))
    one = selectors.params(panel.store.state, 1)
    effective = one.weights[1] @ one.weights[0]
    numbers = [f"{abs(value):.2f}" for value in effective[0]]
    assert not any(word.lstrip("+−") == numbers[0] for word in written(panel))
    qtbot.mouseClick(panel.motion.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.motion.share == 1.0)
    said = [word.lstrip("+−") for word in written(panel)]
    assert numbers[0] in said
    assert numbers[1] in said
    assert panel.motion.button.text() == "Unfuse"


def test_without_motion_before_and_after_stand_beside_each_other(put, trained, written, qtbot):
    panel = put(CollapsePanel, replace(trained(172), reduced_motion=True))
    assert {"before", "after"} < set(written(panel))
    assert panel.motion.slider.isHidden()
    qtbot.mouseClick(panel.motion.button, Qt.MouseButton.LeftButton)
    assert panel.store.state.fused == 1  # at once, on the canvas


def test_the_slider_stands_where_the_layers_are_whoever_moved_them(put, trained, qtbot):
    panel = put(CollapsePanel, trained(20))
    qtbot.mouseClick(panel.motion.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.store.state.fused > 0)
    panel.store.dispatch(SetFused(0.9))
    assert not panel.motion.glide.running
    assert (panel.motion.share, panel.motion.button.text()) == (0.9, "Unfuse")
    assert panel.store.state.fused == 0.9
    panel.motion.slider.setValue(250)
    assert panel.store.state.fused == 0.25


def test_what_fuses_while_its_panel_closes_is_fused(put, trained, qtbot):
    panel = put(CollapsePanel, trained(20))
    qtbot.mouseClick(panel.motion.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.store.state.fused > 0)
    panel.hide()
    assert panel.store.state.fused == 1


def test_without_hidden_layers_nothing_is_left_to_fuse(put, trained):
    panel = put(CollapsePanel, trained(10, with_value(XOR, "hidden", ())))
    assert panel.motion.isHidden()
    assert "3 numbers: it is one layer." in panel.sentence(panel.store.state)


# ------------------------------------------------------------------------------------- bend and proof
def test_bend_writes_the_sum_of_each_twin(put, trained, written):
    panel = put(BendPanel, trained(172), width=800)
    said = written(panel)
    assert "With: 0.05 + 0.00 − 0.97 − 0.99 = −1.90" in said
    assert "Without: 0.50 + 0.50 − 0.50 − 0.50 = 0.00" in said
    assert "XOR asks" in said
    assert "XOR: no line separates" in said


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("gate", ["gate:0001", "gate:0011", "gate:1111"])
def test_each_gate_asks_for_its_own_bend(put, trained, gate, size, written):
    state = trained(60, with_value(XOR, "dataset", gate))
    panel = put(BendPanel, state, *size)
    assert any(proofs.gate(state) in word for word in written(panel))
    proof = put(ProofPanel, state, *size)
    assert proofs.proof(state).head in written(proof)


def test_a_bend_beyond_the_scale_points_outwards(put, trained, written):
    state = trained(0, with_value(XOR, "weights", ((((9, 9), (9, 9)), ((9, -18),)), ((0, -9), (0,)))))
    panel = put(BendPanel, state, width=800)
    assert any("= −162.00" in word for word in written(panel))


def test_behind_another_loss_the_targets_bend_is_not_compared(put, trained, written):
    panel = put(BendPanel, trained(5, with_value(XOR, "loss", "bce")))
    assert not any("asks" in word and "=" not in word for word in written(panel))


def test_other_inputs_have_nothing_to_prove(put, trained, written):
    state = trained(5, with_value(XOR, "features", ("x", "y", "xy")))
    assert "Nothing to prove" in written(put(ProofPanel, state))
    said = written(put(BendPanel, state))
    assert "Nothing to prove" in said
    assert any("other inputs" in word for word in said)


def test_where_a_flat_surface_is_enough_the_empty_proof_says_so(put, trained, written):
    panel = put(ProofPanel, trained(1, PRESETS["plane"].experiment))
    assert written(panel)[-1] == "The proof is about the four corners. Here a flat surface can reach 0."


def test_other_points_show_the_share_that_is_not_flat(put, trained, written, monkeypatch):
    monkeypatch.setattr(selectors, "on_corners", lambda state, twin=0: False)
    panel = put(BendPanel, trained(172), width=800)
    said = written(panel)
    assert "With: 100 % of its variance" in said
    assert "Without: 0 % of its variance" in said
    assert "The targets ask for 100 %." in panel.sentence(panel.store.state)
    assert "below ¼" in put(ProofPanel, trained(172)).sentence(trained(172))


# ------------------------------------------------------------------------------------- regions
def test_regions_are_counted_once_for_a_state_and_its_sentence(put, trained):
    state = trained(172)
    panel = put(RegionsPanel, state)
    assert panel.read(state) is panel.told


def test_regions_are_counted_beside_their_bound(put, trained, written):
    panel = put(RegionsPanel, trained(172))
    said = written(panel)
    assert "With: 3 straight pieces in view; 2 bends make at most 1 + 2 + 2·1/2 = 4." in said
    assert "Without: 1 straight piece in view; nothing bends." in said
    assert "At the probe: ŷ = 1.05 x₁ − 1.04 x₂ − 0.06." in said


@pytest.mark.parametrize("size", [(310, 410), (560, 330), (900, 420), (1800, 800)], ids=str)
def test_both_maps_are_of_one_size_and_stand_under_their_names(put, trained, size, written):
    panel = put(RegionsPanel, trained(172), *size)
    written(panel)
    (_, first), (_, second) = panel.maps
    assert first.size() == second.size()  # however many lines either has to say below
    assert first.left() == panel.page.left()
    assert first.top() == second.top()


def test_behind_an_output_that_bends_the_pieces_are_those_of_the_sum(put, trained, written):
    said = written(put(RegionsPanel, trained(100, PRESETS["moons"].experiment)))
    assert any(
        word.startswith("At the probe: sum z = ") for word in said
    )  # ŷ is its sigmoid, which is curved


def move(panel, at):
    """Move the mouse: what QTest moves is the screen's, and these panels are not on it."""
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, panel.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier
    )
    QCoreApplication.sendEvent(panel, event)


def test_the_piece_under_the_mouse_says_its_map(put, trained, written):
    panel = put(RegionsPanel, trained(172), width=800)
    written(panel)
    box = panel.maps[0][1]
    move(panel, box.topLeft() + QPointF(0.1 * box.width(), 0.1 * box.height()))  # near 01
    assert "Here: ŷ = −0.98 x₁ + 0.91 x₂ + 0.05." in written(panel)
    move(panel, QPointF(1, 1))
    assert not any(word.startswith("Here") for word in written(panel))
    move(panel, box.center())
    QCoreApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))
    assert not any(word.startswith("Here") for word in written(panel))


def test_smooth_activations_have_no_pieces(put, trained, written):
    panel = put(RegionsPanel, trained(20, with_value(XOR, "activation", "tanh")))
    assert "tanh bends everywhere: no straight pieces to count." in written(panel)


def test_a_large_network_is_counted_again_when_training_pauses(put, trained, written):
    experiment = with_value(XOR, "hidden", (6, 6))
    panel = put(RegionsPanel, replace(trained(10, experiment), playing=True))
    before = panel.told
    assert STALE in written(panel)
    panel.show_state(panel.store.state, replace(trained(60, experiment), playing=True))
    assert panel.told is before
    panel.show_state(replace(trained(60, experiment), playing=True), trained(60, experiment))
    assert panel.told is not before
    assert STALE not in written(panel)


# ------------------------------------------------------------------------------------- stalls
def test_nothing_is_stuck_while_it_learns(put, trained, written):
    panel = put(StallPanel, trained(5))
    assert NOTHING in written(panel)
    assert panel.sentence(panel.store.state) == NOTHING


def test_a_stall_names_its_points_and_its_two_gaps(put, trained, written):
    panel = put(StallPanel, trained(5000, with_value(XOR, "seed", 1)))
    said = written(panel)
    assert "With ReLU: did not find it" in said
    assert "Its hidden layer no longer tells 00, 10 and 11 apart." in said
    assert "0.167 not representable with this hidden layer" in said
    assert "0.000 not fitted yet" in said
    assert "Loss" in said  # what the bar is of
    assert "Without (identity): cannot represent it" in said


# A heading that would cost the table its place is left off.
@pytest.mark.parametrize(
    ("high", "headed", "listed"), [(400, True, True), (330, False, True), (300, False, False)]
)
def test_a_table_of_what_hidden_units_say_is_named_where_there_is_room(
    put, trained, written, high, headed, listed
):
    said = written(put(StallPanel, trained(172), 440, high))
    assert ("What each hidden unit says" in said) is headed
    assert ("00" in said) is listed


@pytest.mark.parametrize("remedy", range(3))
def test_a_remedy_is_one_click(put, trained, qtbot, remedy):
    state = trained(5000, with_value(XOR, "seed", 8))
    panel = put(StallPanel, state, width=700)
    offered = selectors.verdict(state, 0).remedies
    assert [button.text() for button in panel.buttons] == [one.label for one in offered]
    qtbot.mouseClick(panel.buttons[remedy], Qt.MouseButton.LeftButton)
    assert panel.actions == [offered[remedy].action]
    assert panel.buttons == []  # another experiment: nothing is stuck yet


@pytest.mark.parametrize(("width", "rows"), [(200, 3), (308, 2), (448, 1)])
def test_on_a_narrow_page_every_remedy_is_there_and_none_is_cut(put, trained, width, rows):
    panel = put(StallPanel, trained(1000, PRESETS["stalls"].experiment), width, 700)
    around = panel.look.px(0.2) + round(panel.look.line)
    for button in panel.buttons:
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + 2 * around
        assert panel.rect().contains(button.geometry())
    assert len(panel.buttons) == 3
    assert len({button.y() for button in panel.buttons}) == rows


@pytest.mark.parametrize("width", [308, 448, 640])
def test_both_parts_of_a_loss_are_written_in_one_size(put, trained, monkeypatch, width):
    sizes, original = {}, pages.Sheet.runs

    def runs(self, what, left, middle, ems=1.0):
        sizes.update((run.words, ems) for run in what)
        return original(self, what, left, middle, ems)

    monkeypatch.setattr(pages.Sheet, "runs", runs)
    put(StallPanel, trained(1000, PRESETS["stalls"].experiment), width, 560).grab()
    assert len({ems for words, ems in sizes.items() if words.startswith("0.")}) == 1


def test_what_a_flat_twin_lacks_is_the_floor_as_the_loss_chart_reads_it(put, trained, written):
    state = trained(600, PRESETS["sine"].experiment)  # the floor is 0.17351, and not 0.1735 and then 0.173
    lacks = [word for word in written(put(StallPanel, state)) if "not representable" in word]
    assert [word.split()[0] for word in lacks] == [shown(selectors.affine_floor(state), 3)] == ["0.174"]
