"""What a setting may hold, from a file and typed as text."""

import json
import math
import re

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from netviz.core.drawn import MOST_KNOTS
from netviz.session.fields import FIELDS, Settings, check_curve, check_weights, field_of
from netviz.session.kinds import Switch, parse

ONE = {"weights": [[[1, 2]]], "biases": [[0.5]]}
HUGE = 10**400
DEEP = json.loads("[" * 900 + "]" * 900)


@pytest.mark.parametrize(
    ("key", "value", "normal"),
    [
        ("learning_rate", 1, 1.0),
        ("learning_rate", 0.3, 0.3),
        ("decay", 0, 0.0),
        ("decay", 2.5, 2.5),
        ("momentum", 0, 0.0),
        ("momentum", 1, 1.0),
        ("l1", -0.0, 0.0),
        ("batch_size", 3, 3),
        ("seed", 2**63 - 1, 2**63 - 1),
        ("dataset", "gate:0001", "gate:0001"),
        ("activation", "relu", "relu"),
        ("activation", ["relu", "tanh"], ("relu", "tanh")),
        ("activation", ["relu"], "relu"),
        ("features", ["xy", "x", "x"], ("x", "xy")),
        ("hidden", [], ()),
        ("hidden", [8, 8], (8, 8)),
        ("hidden", 3, (3,)),
        ("weights", None, None),
        ("weights", ONE, ((((1.0, 2.0),),), ((0.5,),))),
        ("curve", [[-1, 0], [1, 1]], ((-1.0, 0.0), (1.0, 1.0))),
    ],
)
def test_a_value_takes_its_normal_form(key, value, normal):
    found = FIELDS[key].kind.check(value)
    assert (found, type(found)) == (normal, type(normal))
    assert math.copysign(1, found) == 1 if isinstance(found, float) else True
    assert FIELDS[key].kind.check(found) == found  # and keeps it


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("learning_rate", "fast", 'expected a number above 0, got "fast"'),
        ("learning_rate", 0, "expected a number above 0, got 0"),
        ("learning_rate", True, "expected a number above 0, got true"),
        ("learning_rate", math.nan, "expected a number above 0, got NaN"),
        ("learning_rate", math.inf, "expected a number above 0, got Infinity"),
        ("learning_rate", HUGE, f"expected a number above 0, got 1{'0' * 59}…"),
        ("learning_rate", DEEP, f"expected a number above 0, got {'[' * 60}…"),
        ("momentum", 1.1, "expected a number from 0 to 1, got 1.1"),
        ("beta2", 1, "expected a number from 0 to 0.9999, got 1"),
        ("epsilon", 0, "expected a number above 0, got 0"),
        ("decay", -0.1, "expected a number of at least 0, got -0.1"),
        ("l2", -1, "expected a number of at least 0, got -1"),
        ("batch_size", 1.0, "expected a whole number from 0 to 1000000, got 1.0"),
        ("seed", -1, "expected a whole number from 0 to 9223372036854775807, or playground:TEXT, got -1"),
        ("seed", True, "expected a whole number from 0 to 9223372036854775807, or playground:TEXT, got true"),
        ("loss", "hinge", 'expected one of mse, half_mse, bce, cross_entropy, got "hinge"'),
        ("loss", ["mse"], 'expected one of mse, half_mse, bce, cross_entropy, got ["mse"]'),
        ("activation", [], "expected one activation, or one for each hidden layer, got []"),
        ("activation", {}, "expected one activation, or one for each hidden layer, got {}"),
        ("features", [], f"expected one or more of {', '.join(FIELDS['features'].kind.item.table)}, got []"),
        ("hidden", [0], "expected a whole number from 1 to 16, got 0"),
        ("hidden", 17, "expected a whole number from 1 to 16, got 17"),
        ("hidden", "2,x", 'expected a whole number from 1 to 16, got "x"'),
        ("hidden", [1] * 9, f"expected up to 8 hidden layers, such as 8,8, got {json.dumps([1] * 9)}"),
        ("hidden", True, "expected up to 8 hidden layers, such as 8,8, got true"),
        ("weights", {"weights": []}, 'expected an object with "weights" and "biases", got ["weights"]'),
        ("weights", 3, "expected weights[layer][to][from] and biases[layer][unit], all numbers, got 3"),
        ("weights", "ab", 'expected weights[layer][to][from] and biases[layer][unit], all numbers, got "ab"'),
        (
            "curve",
            [[0, 0]],
            "expected 2 to 64 points [z, value], each further right than the last, got [[0, 0]]",
        ),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence(key, value, sentence):
    expected = sentence.replace("64 points", f"{MOST_KNOTS} points")
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        FIELDS[key].kind.check(value)


def test_a_number_too_long_to_be_written_is_refused():
    with pytest.raises(ValueError, match=r"^expected a number above 0, got something else$"):
        FIELDS["learning_rate"].kind.check(10**5000)


def test_too_many_points_of_a_curve_are_refused():
    with pytest.raises(ValueError, match="each further right"):
        check_curve([(float(z), 0.0) for z in range(MOST_KNOTS + 1)])


def test_a_number_without_bounds_is_just_a_number():
    with pytest.raises(ValueError, match="all numbers"):
        check_weights({"weights": [[[math.inf]]], "biases": [[0]]})


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists),
    st.sampled_from(list(FIELDS)),
)
def test_whatever_stands_there_is_taken_or_refused(value, key):
    try:
        normal = FIELDS[key].kind.check(value)
    except ValueError as refused:
        event(str(refused)[:20])  # one of few beginnings, and no other exception
    else:
        assert FIELDS[key].kind.check(normal) == normal
        assert FIELDS[key].kind.show(normal)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("hidden", "2", (2,)),
        ("hidden", "8,8", (8, 8)),
        ("hidden", "[8, 8]", (8, 8)),
        ("hidden", "", ()),
        ("hidden", " 3 , 4 ", (3, 4)),
        ("activation", "relu,tanh", ("relu", "tanh")),
        ("dataset", "gate:0110", "gate:0110"),
        ("learning_rate", "3e-1", 0.3),
        ("features", "y,x", ("x", "y")),
        ("weights", json.dumps(ONE), check_weights(ONE)),
        ("weights", "null", None),
        ("seed", "7", 7),
    ],
)
def test_text_is_read_as_people_type_it(key, text, value):
    assert parse(FIELDS[key].kind, text) == value


@pytest.mark.parametrize(
    ("key", "text", "got"),
    [
        ("learning_rate", "NaN", '"NaN"'),
        ("learning_rate", "-Infinity", '"-Infinity"'),
        ("learning_rate", "1e999", '"1e999"'),
        ("seed", "1e3", '"1e3"'),
        ("loss", "7", '"7"'),
        ("learning_rate", "9" * 5000, f'"{"9" * 59}…'),
        ("learning_rate", "[" * 100_000, f'"{"[" * 59}…'),
        ("activation", "true", '"true"'),
        ("hidden", "2,true", "true"),
    ],
)
def test_text_that_means_nothing_is_quoted(key, text, got):
    with pytest.raises(ValueError, match=f"got {re.escape(got)}$"):
        parse(FIELDS[key].kind, text)


@pytest.mark.parametrize(("value", "normal"), [("on", True), ("off", False), (True, True)])
def test_a_switch_is_on_or_off(value, normal):
    assert Switch().check(value) is normal
    assert Switch().show(normal) == ("on" if normal else "off")


@pytest.mark.parametrize("value", ["yes", 1, None, []])
def test_a_switch_is_nothing_else(value):
    with pytest.raises(ValueError, match="expected on or off"):
        Switch().check(value)


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("learning_rate", 0.1, "0.1"),
        ("learning_rate", 1e-9, "1e−09"),
        ("batch_size", 0, "all"),
        ("batch_size", 4, "4"),
        ("seed", 0, "0"),
        ("loss", "mse", "mean squared error"),
        ("activation", ("relu", "tanh"), "ReLU, tanh"),
        ("activation", "relu", "ReLU"),
        ("features", ("x", "xy"), "x₁, x₁x₂"),
        ("hidden", (), "none"),
        ("hidden", (8, 4), "8, 4"),
        ("weights", None, "drawn from the seed"),
        ("weights", ONE, "given"),
        ("curve", Settings().curve, f"{len(Settings().curve)} points"),
    ],
)
def test_a_value_is_shown_as_people_say_it(key, value, text):
    assert FIELDS[key].kind.show(value).lower() == text.lower()


def test_every_default_is_in_its_own_normal_form():
    assert all(row.kind.check(row.default) == row.default for row in FIELDS.values())
    assert [row.key for row in FIELDS.values()] == list(FIELDS)


def test_an_unknown_key_names_the_known_ones():
    with pytest.raises(ValueError, match=r"^no such setting; there are dataset, "):
        field_of("speed")


def test_equal_settings_hash_alike():
    assert hash(Settings(seed=3)) == hash(Settings(seed=3)) != hash(Settings(seed=4))
