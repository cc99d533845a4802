import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from netviz.app.bars.bottombar import TOP, position_of, speed_at, speed_words
from netviz.app.bars.recipe import hidden_text
from netviz.app.bars.topbar import kept
from netviz.app.commands import COMMANDS
from netviz.app.keys import by_key, key_name
from netviz.session.state import FASTEST


@pytest.mark.parametrize(("position", "speed"), [(0, 1), (10, 10), (15, 32), (30, 1000), (TOP, FASTEST)])
def test_ten_positions_are_ten_times_as_fast(position, speed):
    assert speed_at(position) == speed  # 10^1.5 = 31.6
    assert position_of(speed) == position


@pytest.mark.parametrize(
    ("speed", "words"), [(1, "1 step a second"), (30.0, "30 steps a second"), (FASTEST, "as fast as it goes")]
)
def test_a_speed_is_said_in_words(speed, words):
    assert speed_words(speed) == words


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ((), "no hidden units"),
        ((1,), "1 hidden unit"),
        ((2,), "2 hidden units"),
        ((8, 8), "8, 8 hidden units"),
    ],
)
def test_hidden_units_are_counted_in_words(sizes, text):
    assert hidden_text(sizes) == text
    assert hidden_text(sizes, brief=True) == text.replace("hidden ", "")


@pytest.mark.parametrize(
    ("room", "stays"), [(30, {"a", "b", "c"}), (29, {"b", "c"}), (19, {"c"}), (1, {"c"})]
)
def test_groups_leave_in_order_until_the_rest_fits(room, stays):
    assert kept({"a": 10, "b": 10, "c": 10}, room, [{"a"}, {"b"}]) == stays


def pressed(key, text="", modifiers=Qt.KeyboardModifier.NoModifier):
    return key_name(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (pressed(Qt.Key.Key_Plus, "+", Qt.KeyboardModifier.ShiftModifier), "+"),
        (pressed(Qt.Key.Key_Plus, "+", Qt.KeyboardModifier.KeypadModifier), "+"),
        (pressed(Qt.Key.Key_Z, "", Qt.KeyboardModifier.ControlModifier), "Ctrl+Z"),
        (
            pressed(
                Qt.Key.Key_Z, "", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            ),
            "Ctrl+Shift+Z",
        ),
        (pressed(Qt.Key.Key_N, "n"), "N"),
        (pressed(Qt.Key.Key_Space, " "), "Space"),
        (pressed(Qt.Key.Key_Escape, "\x1b"), "Esc"),
        (pressed(Qt.Key.Key_F1), "F1"),
    ],
)
def test_keys_are_named_as_the_table_writes_them(name, expected):
    assert name == expected
    assert expected in by_key(COMMANDS)


def test_no_key_means_two_things():
    keys = [key for row in COMMANDS for key in row.keys]
    assert len(keys) == len(set(keys))
