"""A table as a problem: what it brings along, what of it the plane shows, and that it is learned."""

import json

import numpy as np
import onnxruntime
import pytest

from netviz.core.tables import Table
from netviz.session import actions as act
from netviz.session import building, document, engine, sections
from netviz.session import selectors as say
from netviz.session import table_words as words
from netviz.session.engine import Request, advance
from netviz.session.exchange.export_code import numpy_code, pytorch_code
from netviz.session.exchange.export_equations import latex
from netviz.session.exchange.export_model import model
from netviz.session.exchange.export_onnx import onnx_file
from netviz.session.experiment import check, place, with_value
from netviz.session.files import FileError, decode, encode
from netviz.session.instruments import collapsing, folding, inside, pieces, walk
from netviz.session.presets import PRESETS
from netviz.session.putting import points_in_hand
from netviz.session.sources import experiment_from, left_out
from netviz.session.state import UnitId, opening
from netviz.session.store import reduce

XOR = PRESETS["xor"].experiment
MIDDLES = np.array([[5, 3.4, 1.5, 0.2], [6, 2.8, 4.3, 1.3], [6.6, 3, 5.6, 2]])


def flowers(rows=150, columns=4, classes="setosa versicolor virginica"):
    """A table of three clouds, whose first columns alone do not tell them apart."""
    rng, kinds = np.random.default_rng(5), np.arange(rows) % 3
    values = MIDDLES[kinds] + rng.normal(scale=0.3, size=(rows, 4))
    names = ("sepal length", "sepal width", "petal length", "petal width")[:columns]
    target = kinds if classes else values[:, 3] * 10
    return Table(
        "iris.csv", names, "species", tuple(classes.split()), np.column_stack([values[:, :columns], target])
    )


def opened(table=None, **values):
    """The state in which a table opens."""
    experiment = with_value(XOR, "csv", flowers() if table is None else table)
    for key, value in values.items():
        experiment = with_value(experiment, key, value)
    return opening(experiment)


def trained(state, steps):
    """The state after so many steps."""
    state = reduce(state, act.Train())
    frame = advance(Request(state.experiment, state.frame.states, steps))
    return reduce(state, act.FrameArrived(frame))


def test_a_table_brings_its_inputs_its_loss_and_rows_to_test_on():
    base = opened().experiment.base
    assert (base.dataset, base.features, base.loss) == ("csv:3", ("x", "y", "c3", "c4"), "cross_entropy")
    assert (base.train_fraction, base.batch_size) == (0.8, 0)
    assert len(engine.points(base).x) == 120  # 80 % of 150
    assert sections.sampled(base) is engine.points(base)


def test_few_rows_all_train_and_many_are_learned_in_batches():
    assert opened(flowers(15)).experiment.base.train_fraction == 1.0
    assert opened(flowers(2001)).experiment.base.batch_size == 1000


def test_the_same_table_with_other_columns_keeps_what_was_set():
    state = reduce(opened(), act.SetField("train_fraction", 0.5))
    again = reduce(state, act.SetField("csv", flowers(columns=2)))
    assert again.experiment.base.train_fraction == 0.5
    assert again.experiment.base.features == ("x", "y")
    assert again.past[-1].label == "other columns of iris.csv"
    assert reduce(again, act.Undo()).experiment == state.experiment


def test_another_problem_puts_the_table_aside_and_it_can_come_back():
    state = reduce(opened(), act.SetField("dataset", "circle"))
    assert state.experiment.base.features == ("x", "y")
    back = reduce(state, act.SetField("dataset", "csv:3"))
    assert back.experiment.base.features == ("x", "y", "c3", "c4")
    gone = reduce(back, act.SetField("csv", None))
    assert (gone.experiment.base.dataset, gone.experiment.base.csv) == ("xor", None)
    assert reduce(state, act.SetField("csv", None)).experiment.base.dataset == "circle"


def test_what_does_not_fit_a_table_is_refused():
    for dataset, sentence in [
        ("csv:3", "expected a table for csv:3: there is none"),
        ("csv:numbers", "expected a table for csv:numbers: there is none"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            with_value(XOR, "dataset", dataset)
    with pytest.raises(ValueError, match="expected a table for csv, which is of csv:3"):
        with_value(opened().experiment, "dataset", "csv")
    with pytest.raises(ValueError, match="as there are 4 coordinates"):
        with_value(opened().experiment, "features", ("x", "c5"))
    with pytest.raises(ValueError, match="as there are 2 coordinates"):
        with_value(XOR, "features", ("x", "c3"))


def test_inputs_are_named_by_their_columns_and_switch_off():
    state = opened(features="x,x2,xy,sin_y,c3")
    assert engine.input_labels(say.settings(state, 0)) == (
        "sepal length", "sepal length²", "sepal length sepal width", "sin sepal width", "petal length",
    )  # fmt: skip
    assert list(building.offered_inputs(state, 0))[-2:] == ["c3", "c4"]
    assert say.unit_name(state, UnitId(0, 0, 4)) == "petal length"


def test_four_columns_of_three_classes_are_learned():
    state = trained(opened(hidden="8"), 300)
    assert say.accuracy(state, 0) > 0.95
    first = trained(opened(flowers(columns=2), hidden="8"), 300)
    assert say.accuracy(first, 0) < say.accuracy(state, 0)  # all four columns are used


def test_a_number_is_learned_from_several_columns():
    state = trained(opened(flowers(columns=3, classes=""), hidden="8"), 300)
    assert state.experiment.base.loss == "mse"
    assert say.explained(state, 0) > 0.8


def test_the_plane_shows_two_columns_and_the_others_stand_at_the_probe():
    state = reduce(opened(), act.SetAxes(2, 3))
    assert say.axes(state) == (2, 3)
    assert say.seen(state).x.tolist() == engine.points(say.settings(state, 0)).x[:, 2:].tolist()
    state = reduce(state, act.MoveProbe(0.5, -0.5))
    assert say.probe(state) == (1.0, 0.0, 0.5, -0.5)
    assert say.place(state) == (0.5, -0.5)
    assert say.lifted(state, np.array([[2.0, 3.0]])).tolist() == [[1, 0, 2, 3]]
    at_place = say.output_at(state, 0, [say.place(state)])
    assert at_place == pytest.approx(say.values_at(state, 0, say.probe(state))[-1].max())


def test_the_probe_on_a_point_has_all_its_columns():
    state = opened()
    whole = say.whole(state, 3)
    assert whole == tuple(engine.points(say.settings(state, 0)).x[3].tolist())
    moved = reduce(state, act.MoveProbe(*whole[:2], whole))
    assert say.probe(moved) == whole
    assert say.values_at(moved, 0, say.probe(moved))[0].tolist() == list(whole)
    assert walk.moments(moved)[0].at == whole
    assert say.whole(opening(XOR), 0) == ()


def test_axes_are_two_different_columns_that_there_are():
    state = opened()
    for wrong in ((0, 0), (0, 4), (-1, 2)):
        assert reduce(state, act.SetAxes(*wrong)).message == (
            "The plane shows two different ones of 4 coordinates."
        )
    away = reduce(reduce(state, act.SetAxes(2, 3)), act.SetField("dataset", "circle"))
    assert say.axes(away) == (0, 1)
    assert say.probe(away) == (1.0, 0.0)
    assert say.lifted(away, np.array([[2.0, 3.0]])).tolist() == [[2, 3]]


def test_floors_and_collapse_use_all_columns():
    state = trained(opened(flowers(columns=3, classes="")), 50)
    one = collapsing.collapsed(state, 1)
    assert one.exact
    assert len(one.weight) == 3
    assert one.largest < 1e-12
    x, y = engine.problem(say.settings(state, 0)).x, engine.points(say.settings(state, 0)).y
    rows = np.column_stack([x, np.ones(len(x))])
    miss = y - rows @ np.linalg.lstsq(rows, y, rcond=None)[0]
    assert say.affine_floor(state) == pytest.approx(float(np.mean(miss**2)))
    assert collapsing.compared_at(say.settings(state, 0)).shape == (120, 3)
    nothing = opened(train_fraction=0.0)
    assert len(collapsing.compared_at(say.settings(nothing, 0))) == 150


def test_folding_lands_whole_points_and_a_plane_through_the_probe():
    state = trained(opened(hidden="2"), 20)
    found = folding.fold(state, 0)
    x = engine.points(say.settings(state, 0)).x
    assert found.points.tolist() == folding.carried(state, 0, found.plane, x).tolist()
    lines = folding.carried_grid(state, 0, found.plane)
    low, high = say.box(state)
    first = say.lifted(state, folding.grid_lines(low, high)[0, :1])
    assert lines[0, :1].tolist() == folding.carried(state, 0, found.plane, first).tolist()
    assert len(folding.nearest_input(state, 0, found.plane, (0.0, 0.0))) == 2


def test_straight_pieces_are_counted_in_a_plane_only():
    assert not pieces.countable(opened(features="x,y"), 0)
    assert pieces.countable(opened(flowers(columns=2)), 0)


def test_many_points_are_drawn_as_a_sample_and_all_are_judged(monkeypatch):
    monkeypatch.setattr(sections, "MOST_ROWS", 50)
    state = opened(train_fraction=0.4)
    assert (len(say.seen(state).x), len(say.seen(state).test_x)) == (30, 45)  # every second of 60 and of 90
    assert len(say.outputs(state, 0)) == 60
    assert words.sample_sentence(state) == "30 of 60 points are drawn; all are trained on and judged."
    x, y = sections.looked_at(say.settings(state, 0))
    assert (x.shape, y.shape) == ((30, 4), (30, 3))
    for kept in (sections.sampled, sections.seen, sections.looked_at):
        kept.cache_clear()


def test_the_axes_are_named_in_the_units_of_the_file():
    state = reduce(opened(), act.SetAxes(3, 2))
    table = flowers()
    reach = say.box(state)[1]
    low = table.scale.middle[3] - reach * table.scale.spread[3]
    assert words.axis_words(state)[1].startswith(f"petal width: {words.unit(low)} to ")
    assert words.axis_words(state)[0].endswith("↑")
    assert words.axis_words(opening(XOR)) is None
    long = Table("t", ("a very long name indeed", "b" * 18), "y", (), np.arange(9.0).reshape(3, 3) ** 8)
    assert words.axis_words(opened(long)) == (f"{'b' * 18} ↑", "a very long name … →")
    line = Table("t", ("size",), "kind", ("n", "y"), np.array([[0.0, 0], [1, 1]]))
    assert words.axis_words(opened(line))[0] == "no second input ↑"
    curve = Table("t", ("size",), "price", (), np.array([[0.0, 0], [1, 100]]))
    assert words.axis_words(opened(curve))[0].startswith("price: −")


def test_what_the_screen_says_of_a_table():
    state, table = opened(), flowers()
    assert words.problem_name(say.settings(state, 0)) == "iris.csv"
    assert say.title(state) == "netviz: iris.csv, unsaved"
    assert words.problem_name(XOR.base) == "XOR"
    assert words.scaling_sentence(table) == "Every input is scaled to mean 0, spread 1."
    still = Table("t", ("a", "b"), "y", (), np.array([[1.0, 0, 3], [1, 1, 4]]))
    assert words.scaling_sentence(still) == (
        "Every column is scaled to mean 0, spread 1. a never changes: it is 0."
    )
    assert words.target_sentence(table) == "Learned: species, one of setosa, versicolor, virginica."
    assert words.target_sentence(still) == "Learned: y; an answer of 0 is 3.5, 1 is 4."
    mean = table.scale.middle
    assert words.others_sentence(state) == (
        "The plane shows 2 of 4 inputs; the others stand at the probe: "
        f"petal length {words.unit(mean[2])}, petal width {words.unit(mean[3])}."
    )
    assert words.others_sentence(opening(XOR)) == ""
    assert words.others_sentence(opened(flowers(columns=2))) == ""
    assert words.sample_sentence(state) == ""


def test_the_command_line_names_a_file_and_its_columns(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b,kind\n" + "".join(f"{i % 5}.5,{i % 3},{'xy'[i % 2]}\n" for i in range(30)))
    base = experiment_from("xor", [f"csv={path}"]).base
    assert (base.dataset, base.features, base.csv.inputs) == ("csv", ("x", "y"), ("a", "b"))
    chosen = experiment_from("xor", ["train_fraction=0.5", "hidden=3", f"csv={path}:b->a"]).base
    assert (chosen.dataset, chosen.hidden, chosen.train_fraction) == ("csv:curve", (3,), 0.5)
    assert experiment_from(str(path)).base.hidden == (8,)
    with pytest.raises(ValueError, match=r"--set: key 'csv': .*none.csv: no such file"):
        experiment_from("xor", [f"csv={tmp_path}/none.csv"])
    with pytest.raises(ValueError, match=r"--set: key 'csv': t.csv: there is no column \"z\""):
        experiment_from("xor", [f"csv={path}:z->kind"])
    path.write_text("a\n")
    with pytest.raises(ValueError, match=r"^t.csv: it has one column only"):
        experiment_from(str(path))


def test_a_table_belongs_to_all_twins():
    experiment = place(XOR, "csv", flowers(), None)
    check(experiment)
    assert experiment.twins[1].features == ("x", "y", "c3", "c4")


def test_a_file_keeps_the_axes_and_the_whole_probe():
    state = reduce(reduce(opened(), act.SetAxes(3, 1)), act.MoveProbe(0.5, 0.25, (1.0, 0.25, 2.0, 0.5)))
    back = document.opened(decode(encode(document.document_of(state))))
    assert (say.axes(back), say.probe(back)) == ((3, 1), (1.0, 0.25, 2.0, 0.5))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("axes", 1),
        ("axes", [0, 0]),
        ("axes", [0]),
        ("axes", [0, 16]),
        ("probe", [0.0]),
        ("probe", [0.0] * 17),
    ],
)
def test_a_file_with_other_axes_or_another_probe_is_refused(key, value):
    text = json.loads(encode(document.document_of(opened())))
    text["view"] = {key: value}
    with pytest.raises(FileError, match=f"view.{key}"):
        decode(json.dumps(text).encode())


@pytest.mark.parametrize("features", ["x,y,c3,c4", "x,xy,c3"])
def test_exports_take_all_columns_and_say_how_they_are_scaled(features):
    state = trained(opened(features=features), 5)
    found = model(state, 0)
    assert "means [5.8" in found.title
    space = {}
    exec(numpy_code(found), space)  # the program that a person would run
    x = engine.points(say.settings(state, 0)).x
    assert space["predict"](x) == pytest.approx(say.class_outputs(state, 0))
    assert "x_{3}" in latex(found)
    assert "x3" in pytorch_code(found) or features == "x,y,c3,c4"
    session = onnxruntime.InferenceSession(onnx_file(found))
    (answers,) = session.run(None, {"x": x.astype(np.float32)})
    assert answers == pytest.approx(say.class_outputs(state, 0), abs=1e-5)


def test_many_rows_train_in_every_request_however_short():
    rows = flowers(60_000)
    for batch, most in ((1000, 20), (0, 2)):
        state = opened(rows, batch_size=batch)
        frame = advance(Request(state.experiment, state.frame.states, seconds=1e-9))
        assert 1 <= frame.step <= most  # a request ends: not more than a slice of steps
        again = advance(Request(state.experiment, frame.states, seconds=1e-9))
        assert again.step > frame.step
        whole = advance(Request(state.experiment, state.frame.states, again.step))
        assert (whole.states[0].params.flat == again.states[0].params.flat).all()


def test_among_very_many_rows_floors_that_take_seconds_are_not_sought():
    state = opened(flowers(9000))
    assert say.affine_floor(state) is None
    assert say.stall_of(state, 1) is None
    assert say.verdict(trained(state, 1), 1).kind in ("training", "undecided")
    assert say.affine_floor(opened(flowers(9000, 3, ""))) is not None  # least squares are quick


@pytest.mark.parametrize(
    ("value", "told"),
    [(1960.4, "1960"), (-0.12345, "−0.123"), (487_000, "487000"), (3e8, "3e8"), (2e-7, "2e−07")],
)
def test_numbers_in_the_units_of_a_file(value, told):
    assert words.unit(value) == told


def test_classes_are_called_as_in_the_file():
    settings = say.settings(opened(), 0)
    assert words.class_names(settings) == ("setosa", "versicolor", "virginica")
    assert words.class_name(say.settings(opening(XOR), 0), 1) == "class 2"
    assert words.class_names(XOR.base) == ()
    two = Table("t", ("a",), "kind", ("n", "a very long name indeed"), np.array([[0.0, 0], [1, 1]]))
    assert words.class_names(say.settings(opened(two), 0)) == ()
    assert words.class_name(say.settings(opened(two), 0), 1) == "a very long n…"


def test_axes_are_called_as_on_the_screen():
    assert sections.axis_names(XOR.base, (0, 1)) == ("x₁", "x₂")
    assert sections.axis_names(say.settings(opened(), 0), (3, 0)) == ("petal width", "sepal length")


def test_points_of_more_than_two_columns_are_not_edited_by_hand():
    state = reduce(opened(), act.EditPoints(True))
    assert state.message == "A table of more than two inputs is edited in its file, not by hand."
    two = reduce(opened(flowers(columns=2)), act.EditPoints(True))
    held = points_in_hand(say.settings(two, 0))
    assert reduce(two, act.SetOwn(held[1:], "erase a point")).experiment.base.dataset == "own:3"


def test_rows_in_error_are_told_on_the_command_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "".join(f"{i},{i}.5\n" for i in range(9)) + "x,1\n")
    told = ("t.csv: 1 row left out: line 11: 'x' is not a number",)
    experiment_from(str(path))
    assert left_out(str(path), []) == told
    assert left_out("xor", ["hidden=2", f"csv={path}:a->b"]) == told
    assert left_out("xor", ["hidden=2"]) == ()


def test_a_point_of_many_columns_is_read_out_by_its_first():
    assert inside.place_text((1.0, -0.5, 2.0)) == "(1, −0.5, 2)"
    assert inside.place_text((1.0, -0.5, 2.0, 3.0)) == "(1, −0.5, …)"
    assert inside.told(inside.inside(opened(), UnitId(0, 0, 2)), (0.0,) * 4) == (
        "petal length is an input: 0 at (0, 0, …)."
    )


def test_two_classes_of_a_table_are_called_by_their_names():
    assert words.class_pair(opened(flowers(classes="setosa other")).experiment.base) == ("setosa", "other")


def test_the_other_axis_over_a_single_input_says_that_there_is_none():
    state = opened(flowers(columns=1, classes="a b"))
    assert sections.axis_names(state.experiment.base, (0, 1)) == ("sepal length", "no second input")


def test_a_target_that_never_changes_leaves_nothing_to_explain():
    """One row: its mean is its target, so no share of a variation can be told."""
    one = Table("one.csv", ("a", "b"), "c", (), np.array([[1.7, 70.0, 30.0]]))
    state = trained(opened(one), 400)
    assert say.learned(state, 0)
    assert say.verdict(state, 0).sentence == "Learned: every point has the same target."
