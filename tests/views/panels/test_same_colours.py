"""One network has one set of colours: every panel draws its answers and classes as its surface does."""

import numpy as np
import pytest

from netviz.core.network import layer_values
from netviz.session import engine
from netviz.session import selectors as say
from netviz.session.dials import Copy
from netviz.session.experiment import with_value
from netviz.session.instruments import collapsing, folding
from netviz.session.presets import PRESETS
from netviz.views.canvas import surfaces
from netviz.views.dial_parts import small
from netviz.views.drawing.crowd import CLASS_COLORS, CLASS_SHAPES
from netviz.views.fold.fold_reading import legend_of, plane_show
from netviz.views.panels.collapse import CollapsePanel
from netviz.views.panels.fold import FoldPanel
from netviz.views.panels.surface import SurfacePanel

XOR = PRESETS["xor"].experiment
SIGNS = {  # a Playground link's, whose classes are −1 and 1
    "dataset": "spiral", "output_activation": "tanh", "loss": "half_mse", "seed": "playground:0.5",
}  # fmt: skip
SEVERAL = {"dataset": "blobs", "loss": "cross_entropy", "hidden": (6,)}


def test_the_classes_of_a_link_are_minus_one_and_one(trained):
    state = trained(0, changed(SIGNS))
    assert say.ends(state) == (-1, 1)
    assert say.threshold(state)[0] == 0


def changed(values):
    experiment = XOR
    for key, value in values.items():
        experiment = with_value(experiment, key, value)
    return experiment


@pytest.fixture(params=[SIGNS, SEVERAL], ids=["signs", "several"])
def state(request, trained):
    return trained(30, changed(request.param))


def corners(image):
    """The colours at the four corners and in the middle."""
    last = image.width() - 1
    places = [(0, 0), (last, 0), (0, last), (last, last), (last // 2, last // 2)]
    return [image.pixelColor(*place).name() for place in places]


def test_the_inputs_of_the_fold_are_the_surface(put, state):
    surface = put(SurfacePanel, state).view.plane.surface.pixmap().toImage()
    show = plane_show(state, 0, folding.fold(state, 0), 0.0)
    assert show.picture.toImage() == surface


def test_a_small_surface_of_the_dial_is_the_surface(put, state):
    surface = put(SurfacePanel, state).view.plane.surface.pixmap().toImage()
    copy = Copy(say.settings(state, 0), say.params(state, 0), 0.0, "on_the_way")
    assert corners(small(copy, say.section(state)).picture.toImage()) == corners(surface)


def test_the_cloth_has_the_colours_of_the_surface(state):
    found = folding.fold(state, 0)
    cloth = plane_show(state, 0, found, 0.5).cloth.colors
    side = surfaces.SIDE  # the middle of the last square of 24 is sample 196 of 0 to 200
    whole = surfaces.answer_colors(say.settings(state, 0), surfaces.answers(state, 0).layers[-1])
    at = round((23.5 / 24) * (side - 1))
    there, here = int(cloth[-1, -1]), int(whole[side - 1 - at, at])
    assert np.abs(channels(there) - channels(here)).max() <= 6


def channels(color):
    return np.array([(color >> shift) & 255 for shift in (16, 8, 0)])


def test_points_in_the_fold_have_their_classes_marks_and_colours(put, state):
    show = plane_show(state, 0, folding.fold(state, 0), 1.0)
    y = say.seen(state).y
    own = y.argmax(axis=1) if y.shape[1] > 1 else 1 * (y[:, 0] > 0)
    assert show.targets == tuple(own.tolist())
    assert show.looks == {i: (CLASS_SHAPES[i], CLASS_COLORS[i]) for i in range(int(own.max()) + 1)}
    plane = dict(put(FoldPanel, state).planes)[0]
    assert {item.brush().color().name() for item in plane.small.looks} == {c for _, c in show.looks.values()}


def test_the_lines_of_the_fold_are_those_of_the_surface(state):
    low, high = say.box(state)
    contour = plane_show(state, 0, folding.fold(state, 0), 0.0).half
    ahead = np.sort(answers(state, np.vstack(contour).clip(low, high)), axis=1)
    middle = say.threshold(state, 0)[0]
    apart = ahead[:, -1] - ahead[:, -2] if ahead.shape[1] > 1 else ahead[:, 0] - middle
    assert np.abs(apart).max() < 0.15  # the lines are drawn through every third sample


def answers(state, at):
    problem = engine.problem(say.settings(state, 0))
    x = engine.inputs(say.settings(state, 0), at)
    return problem.loss.shown(layer_values(problem.network, say.params(state, 0), x)[-1][1])


def test_the_legend_of_the_fold_says_what_its_line_is(state):
    several = say.kind(state) == "many"
    said = "another class comes to be ahead" if several else "the answer is exactly\u00a00."
    assert said in legend_of(state, 0)


def test_numbers_have_no_line_and_no_classes(trained):
    state = trained(30, with_value(with_value(XOR, "dataset", "plane"), "loss", "mse"))
    assert legend_of(state, 0) == ""
    for share in (0.0, 1.0):
        show = plane_show(state, 0, folding.fold(state, 0), share)
        assert show.half == ()
        assert show.digits == ()
        assert {shape for shape, _ in show.looks.values()} == {"circle"}


def test_the_nearest_flat_one_answers_with_all_classes(put, trained):
    state = trained(300, changed(SEVERAL))
    one = collapsing.collapsed(state, 0)
    points = say.points(state)
    ahead = one.layer(points.x).argmax(axis=1)
    assert set(ahead.tolist()) == {0, 1, 2}  # three blobs, and a flat layer finds each
    shown = put(CollapsePanel, state, 440, 700).grab().toImage()
    colors = {shown.pixelColor(x, y).name() for x in range(0, 440, 3) for y in range(0, 350, 3)}
    assert len(colors) > 30
