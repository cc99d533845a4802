"""What is kept of a run: histories that share their tapes, and states near every step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from netviz.core.network import Params
from netviz.core.problems import Losses, TrainState
from netviz.session import recording
from netviz.session.recording import GROUP, KEPT, History, Recording

ROWS = np.random.default_rng(0).uniform(0, 1, (5000, 2))
ROWS[3000:, 1] = np.nan
PARAMS = Params((1, 1), np.zeros(2))


def history(count: int, *, every: int = 1, chunk: int = 700) -> History:
    made = History(2, every)
    for first in range(0, count, chunk):
        made = made.extended(Losses(first * every, every, ROWS[first : min(count, first + chunk)]))
    return made


def at(step: int) -> tuple[TrainState, ...]:
    return (TrainState(PARAMS, step=step),)


@pytest.mark.parametrize("count", [0, 1, 15, 16, 255, 256, 257, 4095, 4096, 5000])
def test_a_history_holds_every_row(count):
    made = history(count)
    assert np.array_equal(made.rows, ROWS[:count], equal_nan=True)
    assert (made.count, made.last_step) == (count, max(0, count - 1))
    assert not made.rows.flags.writeable


def test_rows_that_are_known_stay_and_gaps_are_not_made():
    made = history(100)
    assert made.extended(Losses(50, 1, ROWS[:50] * 0)) is made
    assert np.array_equal(made.extended(Losses(90, 1, ROWS[90:120])).rows, ROWS[:120])
    assert made.extended(Losses(101, 1, ROWS[101:120])) is made
    assert made.extended(Losses(100, 2, ROWS[100:120])) is made
    assert [made.reaches(step) for step in (100, 101)] == [True, False]


@pytest.mark.parametrize(
    ("step", "every", "count"), [(0, 1, 0), (5, 1, 5), (99, 1, 50), (8, 4, 2), (9, 4, 3), (12, 4, 3)]
)
def test_until_a_step_there_are_the_rows_before_it(step, every, count):
    made = history(50, every=every).until(step)
    assert made.count == count
    assert made.covers(step) == (step // every < count)


@pytest.mark.parametrize("cut", [0, 10, 256, 300, 3000])
def test_two_histories_from_one_prefix_do_not_disturb_each_other(cut):
    whole = history(4000)
    one, other = whole.until(cut), whole.until(cut)
    longer = one.extended(Losses(cut, 1, np.full((500, 2), 7.0)))
    shorter = other.extended(Losses(cut, 1, np.full((20, 2), 8.0)))
    assert np.array_equal(longer.rows, np.vstack([ROWS[:cut], np.full((500, 2), 7.0)]), equal_nan=True)
    assert np.array_equal(shorter.rows, np.vstack([ROWS[:cut], np.full((20, 2), 8.0)]), equal_nan=True)
    assert np.array_equal(whole.rows, ROWS[:4000], equal_nan=True)
    assert shorter.first_below(0, 0.0) is None
    assert longer.extended(Losses(longer.count, 1, np.full((1, 2), -1.0))).first_below(0, 0.0) == cut + 500
    assert history_is_true(longer) and history_is_true(shorter) and history_is_true(whole)  # noqa: PT018


def history_is_true(made: History) -> bool:
    """Every level of the pyramid tells the lowest and highest of the rows below it."""
    found = made.envelope(0, made.count, 1)
    size = GROUP ** (len(made.tapes) - 1)
    return all(
        np.array_equal(low, np.fmin.reduce(made.rows[row : row + size]), equal_nan=True)
        and np.array_equal(high, np.fmax.reduce(made.rows[row : row + size]), equal_nan=True)
        for row, low, high in zip(*found, strict=True)
    )


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(1, 500), st.sampled_from([33, 700, 5000]))
@hypothesis_settings(max_examples=60, deadline=None)
def test_an_envelope_tells_what_the_rows_tell(first, count, columns, chunk):
    made = history(count, chunk=chunk)
    first = min(first, count)
    found = made.envelope(first, count + 100, columns)
    size = int(found.rows[1] - found.rows[0]) if len(found.rows) > 1 else max(1, count)
    wanted = count - first
    assert len(found.rows) <= max(GROUP * GROUP, GROUP * (columns + 2))
    assert wanted == 0 or found.rows[0] <= first
    assert len(found.rows) >= min(columns, wanted) or wanted == 0
    for row, low, high in zip(*found, strict=True):
        group = made.rows[row : row + size] if row >= first else made.rows[max(0, row) : row + size]
        assert np.array_equal(low, np.fmin.reduce(group), equal_nan=True) or row < first
        assert np.array_equal(high, np.fmax.reduce(group), equal_nan=True) or row < first
    assert not found.low.flags.writeable


@pytest.mark.parametrize(("most", "groups"), [(1000, 1000), (999, 500), (500, 500), (300, 250), (1, 1)])
def test_an_envelope_fits_in_a_given_number_of_groups(most, groups):
    found = history(1000).envelope(0, 1000, 100).within(most)  # 1,000 rows one by one before
    together = 1000 / groups if most > 1 else 1024
    assert len(found.rows) == groups
    for row, low, high in zip(*found, strict=True):
        group = ROWS[row : min(1000, row + int(together))]
        assert np.array_equal(low, np.fmin.reduce(group))
        assert np.array_equal(high, np.fmax.reduce(group))


@given(st.integers(0, 5000), st.floats(-0.1, 1.1), st.integers(0, 1), st.sampled_from([1, 4]))
@hypothesis_settings(max_examples=60, deadline=None)
def test_the_first_step_below_a_loss_is_the_first(count, value, twin, every):
    below = np.flatnonzero(ROWS[:count, twin] < value)
    expected = int(below[0]) * every if len(below) else None
    assert history(count, every=every).first_below(twin, value) == expected


@pytest.mark.parametrize("place", [0, 15, 16, 255, 256, 4095, 4096, 4999])
def test_one_low_row_is_found_wherever_it_is(place):
    rows = np.ones((5000, 2))
    rows[place, 1] = 0.5
    made = History(2).extended(Losses(0, 1, rows))
    assert (made.first_below(1, 0.6), made.first_below(0, 0.6)) == (place, None)


def test_a_twin_stopped_at_its_first_row_without_a_loss():
    made = history(5000)
    assert (made.stopped_at(0), made.stopped_at(1)) == (None, 3000)
    assert history(5000, every=4).stopped_at(1) == 12_000
    assert History(2).stopped_at(0) is None


def test_a_long_run_stays_cheap_to_read():
    made, rows = History(1), np.ones((100_000, 1))
    for first in range(0, 1_000_000, 100_000):
        made = made.extended(Losses(first, 1, rows))
    assert (
        len(made.tapes) == 4
    )  # 1, 16, 256 and 4,096 rows a group; 244 of these are too few for another level
    assert len(made.envelope(0, 1_000_000, 600).rows) == 3907  # 1,000,000 / 256, rounded up
    assert sum(tape.array.nbytes for tape in made.tapes) < 30_000_000  # bytes


def test_a_recording_keeps_few_states_spread_over_the_whole_run():
    recording = Recording()
    for step in range(0, 10_000_000, 1000):
        recording.keep(at(step))
    kept = sorted({recording.nearest(step)[0].step for step in range(0, 10_000_000, 5000)})
    assert KEPT - 1 <= len(kept) <= KEPT
    assert max(np.diff(kept)) <= 10_000_000 / KEPT * 4  # 78,125 steps


@given(st.lists(st.integers(0, 3000), unique=True), st.integers(0, 3000))
@hypothesis_settings(max_examples=50, deadline=None)
def test_the_nearest_state_is_the_last_one_at_or_before_a_step(steps, wanted):
    recording = Recording()
    for step in steps:
        recording.keep(at(step))
        recording.keep(at(step))
    before = [step for step in steps if step <= wanted]
    found = recording.nearest(wanted)
    assert (found[0].step if found else None) == max(before, default=None)


def test_a_cut_forgets_what_came_after():
    recording = Recording()
    for step in (0, 10, 20, 30):
        recording.keep(at(step))
    recording.cut(20)
    assert [recording.nearest(step)[0].step for step in (9, 20, 99)] == [0, 20, 20]
    assert Recording().nearest(5) is None


@pytest.fixture
def short(monkeypatch):
    """Rows are kept one by one up to 256 alone."""
    monkeypatch.setattr(recording, "EXACT", 256)


def grown(count, seed=3):
    """A history of random losses that fall, with its rows; the second twin stops in its last tenth."""
    chance = np.random.default_rng(seed)
    rows = chance.random((count, 2)) + np.linspace(5, 0, count)[:, None]
    rows[-count // 10 :, 1] = np.nan
    history, at = History(2), 0
    while at < count:
        size = int(chance.integers(1, 400))
        history = history.extended(Losses(at, 1, rows[at : at + size]))
        at += size
        if chance.random() < 0.2 and at < count:
            at = history.count - int(chance.integers(0, 40))
            history = history.until(at)
    return history, rows


@pytest.mark.parametrize("count", [255, 256, 257, 3000, 20_000])
def test_beyond_the_exact_rows_each_group_has_its_lowest_and_highest(short, count):
    history, rows = grown(count)
    assert history.count == count
    assert np.array_equal(history.rows, rows[:256], equal_nan=True)
    assert history.since(count // 3).shape == (count - count // 3, 2)
    for first, last in ((0, count), (count // 3, count), (0, count // 2), (count // 3, count // 2)):
        for columns in (5, 50):
            told = history.envelope(first, last, columns)
            assert np.fmin.reduce(told.low)[0] <= rows[first:last, 0].min()
            assert np.fmax.reduce(told.high)[0] >= rows[first:last, 0].max()
    for row in (0, 254, count // 2, count - 1):
        group = rows[row // GROUP * GROUP :][:GROUP, 0]
        assert history.at(row)[0] in group
        assert row >= 256 or history.at(row)[0] == rows[row, 0]


@pytest.mark.parametrize("value", [0.01, 0.5, 1, 3, 4.9, 5.5])
def test_beyond_the_exact_rows_the_first_below_is_known_to_its_group(short, value):
    history, rows = grown(20_000)
    below = np.flatnonzero(rows[:, 0] < value)
    found = history.first_below(0, value)
    assert found is None if not len(below) else below[0] - GROUP < found <= below[0]
    assert history.first_below(0, -1) is None
    assert 0 <= history.stopped_at(1) - 18_000 < 2 * GROUP


def test_millions_of_rows_take_little():
    rows = np.random.default_rng(0).random((5000, 2))
    history = History(2)
    for first in range(0, 2_000_000, len(rows)):
        history = history.extended(Losses(first, 1, rows))
    taken = [tape.filled * tape.array.shape[1] * 8 for tape in history.tapes]
    assert taken[0] == 2**20 * 2 * 8  # the exact rows never take more than 16 MB
    assert (
        sum(taken[1:]) < 2.2 * history.count
    )  # and all others a little over 2 bytes a row: 22 MB for 10 million
