"""Where a network's parts stand: whole, apart from each other, readable."""

from itertools import combinations, pairwise

import pytest

from netviz.views.canvas.layout import MOST_NUMBERS, PILL, Rect, edge_at, plan, related, tile_at

EM = 21.0
WIDE, COMPACT = (968.0, 356.0), (717.0, 232.0)
SMALL_NETWORKS = [
    (2, 1), (2, 1, 1), (2, 2, 1), (2, 3, 1), (2, 4, 1), (2, 5, 1), (3, 4, 1), (4, 3, 1), (9, 1, 1),
    (2, 3, 2, 1), (2, 2, 2, 2, 1), (2, 2, 3, 1),
]  # fmt: skip
NETWORKS = [*SMALL_NETWORKS, (2, 8, 8, 8, 1), (2, 16, 1), (2, *[1] * 8, 1), (2, *[16] * 8, 1), (9, 16, 16, 1)]


def edge_count(sizes):
    return sum(a * b for a, b in pairwise(sizes))


def number_boxes(found, em=EM):
    wide, high = PILL[0] * em, PILL[1] * em
    return [Rect(x - wide / 2, y - high / 2, wide, high) for x, y in filter(None, found.numbers)]


@pytest.mark.parametrize("sizes", NETWORKS)
@pytest.mark.parametrize("band", [WIDE, COMPACT])
def test_every_tile_is_inside_the_plan_and_apart_from_the_others(sizes, band):
    found = plan(sizes, *band, EM)
    for tile in found.tiles:
        x, y, wide, high = tile.box
        assert x >= 0
        assert y >= 0
        assert x + wide <= found.width
        assert y + high <= found.height
    assert not any(a.box.meets(b.box) for a, b in combinations(found.tiles, 2))


@pytest.mark.parametrize("sizes", SMALL_NETWORKS)
@pytest.mark.parametrize("band", [WIDE, COMPACT])
def test_numbers_on_edges_never_overlap_each_other_a_tile_or_a_bias(sizes, band):
    found = plan(sizes, *band, EM)
    boxes = number_boxes(found)
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    taken = [tile.box for tile in found.tiles] + [box for box in found.biases if box]
    assert not any(box.meets(other) for box in boxes for other in taken)


@pytest.mark.parametrize("sizes", [s for s in SMALL_NETWORKS if s != (2, 2, 2, 2, 1)])
def test_every_edge_of_a_small_network_has_its_number_in_a_wide_lane(sizes):
    assert edge_count(sizes) <= MOST_NUMBERS
    assert None not in plan(sizes, *WIDE, EM).numbers


def test_above_sixteen_edges_there_are_no_numbers():
    assert edge_count((2, 6, 1)) == 18
    assert set(plan((2, 6, 1), *WIDE, EM).numbers) == {None}


def test_the_first_network_has_the_places_of_the_picture():
    found = plan((2, 2, 1), *WIDE, EM)
    inputs, hidden, output = found.layers
    assert inputs[0].box.width == pytest.approx(104, abs=5)  # SCREEN.md: inputs 104, hidden 120, output 120
    assert hidden[0].box.width == pytest.approx(120, abs=3)
    assert output[0].box.width == pytest.approx(120, abs=3)
    assert hidden[1].box.y - hidden[0].box.y == pytest.approx(170, abs=6)
    assert hidden[0].badge.width == pytest.approx(56, abs=2)
    assert (found.width, found.height) == WIDE


def test_above_eight_units_tiles_are_two_and_a_half_em_and_the_plan_outgrows_the_band():
    found = plan((2, 9, 1), *WIDE, EM)
    assert found.layers[1][0].box.width == pytest.approx(2.5 * EM)
    assert found.height > WIDE[1]
    assert found.width / found.height == pytest.approx(WIDE[0] / WIDE[1])


@pytest.mark.parametrize("inputs", [3, 4])
def test_inputs_keep_their_names_on_tiles_too_small_for_a_value(inputs):
    height = (2.5 * inputs + 0.16 * 2.5 * (inputs - 1) + 1.1) * EM  # tiles, gaps, and names above the first
    found = plan((inputs, 2, 1), COMPACT[0], height + 0.1, EM, True)
    assert [(tile.tier.name, tile.tier.value) for tile in found.layers[0]] == [(True, False)] * inputs
    lower = plan((inputs, 2, 1), COMPACT[0], height - 2.0, EM, True)
    assert not any(tile.tier.name for tile in lower.layers[0])


def test_bias_numbers_leave_in_the_compact_layout():
    assert any(plan((2, 2, 1), *WIDE, EM).biases)
    assert not any(plan((2, 2, 1), *COMPACT, EM, True).biases)


@pytest.mark.parametrize("sizes", NETWORKS)
def test_edges_come_in_the_order_of_the_stored_weights(sizes):
    found = plan(sizes, *WIDE, EM)
    assert len(found.edges) == edge_count(sizes)
    first = [(e.layer, e.target, e.source) for e in found.edges]
    assert first == sorted(first)


def test_a_hidden_unit_is_related_to_its_inputs_and_outputs():
    found = plan((2, 2, 1), *WIDE, EM)
    bright = related(found, 1, 0)
    assert bright.units == {(0, 0), (0, 1), (1, 0), (2, 0)}
    assert {(found.edges[i].source, found.edges[i].target) for i in bright.edges} == {(0, 0), (1, 0)}
    assert len(bright.edges) == 3


def test_a_point_finds_its_tile_and_its_edge():
    found = plan((2, 2, 1), *WIDE, EM)
    box = found.layers[1][1].box
    assert tile_at(found, box.x + 5, box.y + 5) is found.layers[1][1]
    badge = found.layers[1][1].badge
    assert tile_at(found, badge.x + badge.width - 1, badge.y + 2) is found.layers[1][1]
    start, end = found.edges[0].start, found.edges[0].end
    assert edge_at(found, (start[0] + end[0]) / 2, start[1] + 2, 6.0) == 0
    assert edge_at(found, 1.0, 1.0, 6.0) is None


@pytest.mark.parametrize("classes", [3, 4, 5])
def test_outputs_of_several_classes_fit_the_band_as_hidden_units_do(classes):
    """Planned as if there were one, four outputs once made a network of 2-4-4 half as large."""
    found = plan((2, 4, classes), 700.0, 324.0, 21.0)
    assert found.height == pytest.approx(324.0)
    outputs = found.layers[-1]
    assert len(outputs) == classes
    assert outputs[0].box.y >= 0
    assert outputs[-1].box.y + outputs[-1].box.height <= found.height
    assert not any(one.box.meets(other.box) for one, other in pairwise(outputs))


@pytest.mark.parametrize("band", [WIDE, (640.0, 226.0)])
def test_numbers_stand_in_the_middle_of_edges_to_the_output_and_its_bias_below(band):
    found = plan((2, 2, 1), *band, EM)
    output = found.tiles[-1].box
    bias = found.biases[-1]
    assert bias is not None
    assert bias.y > output.y + output.height
    for edge, number in list(zip(found.edges, found.numbers, strict=True))[-2:]:
        share = (number[0] - edge.start[0]) / (edge.end[0] - edge.start[0])
        assert 0.35 <= share <= 0.6
