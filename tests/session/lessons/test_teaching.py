"""A lesson, driven by its actions alone."""

from dataclasses import replace

import pytest

from netviz.session import actions as act
from netviz.session import selectors
from netviz.session.cards import ASK, SHOW, TRAIN
from netviz.session.document import Document
from netviz.session.engine import Request, advance
from netviz.session.lessons.reading import lesson
from netviz.session.lessons.teaching import card_state
from netviz.session.runs import state_at
from netviz.session.state import FASTEST, UnitId, opening
from netviz.session.store import reduce
from tests.session.made import XOR, experiment, trained

WHY = lesson("why")


def begun(card=0, state=None):
    return reduce(state or opening(XOR), act.StartLesson(WHY, card))


def arrived(state, step):
    """What the worker sends for this step."""
    start = opening(state.experiment).frame.states
    return reduce(state, act.FrameArrived(advance(Request(state.experiment, start, until=step))))


def test_a_lesson_begins_with_its_first_card():
    state = begun()
    assert (state.reading.lesson.name, state.reading.card_index, state.reading.beat) == ("why", 0, SHOW)
    assert state.experiment == WHY.experiments[0]
    assert (state.playhead, state.opened, state.probe) == (0, None, (1.0, 0.0))
    assert selectors.title(state) == "netviz: Why activation?"


def test_a_card_shows_its_step_its_instrument_and_its_unit():
    state = reduce(begun(5), act.Turn())
    assert state.reading.beat == SHOW
    assert (state.playhead, state.opened, state.selected) == (172, "fold", UnitId(0, 1, 0))


def test_the_beats_lead_from_the_question_over_the_training_to_what_came_of_it():
    state = begun(1)
    assert (state.reading.beat, state.playing, state.playhead) == (ASK, False, 0)
    state = reduce(state, act.Turn())
    assert (state.reading.beat, state.playing, state.reading.until) == (TRAIN, True, 172)
    state = arrived(state, 100)
    assert (state.step, state.playing) == (100, True)
    state = arrived(state, 180)  # the frame ran past the end of the card
    assert (state.reading.beat, state.playing, state.playhead) == (SHOW, False, 172)
    state = reduce(state, act.Turn())
    assert (state.reading.card_index, state.reading.beat) == (2, ASK)


def test_who_does_not_wait_for_the_training_is_shown_its_end():
    state = reduce(reduce(begun(1), act.Turn()), act.Turn())
    assert (state.reading.beat, state.playing, state.playhead, state.furthest) == (SHOW, False, 172, 172)


def test_a_stop_that_is_not_the_cards_leaves_its_beat():
    state = replace(reduce(begun(1), act.Turn()))
    state = reduce(state, act.SetField("stop_epochs", 50))
    state = arrived(reduce(state, act.Train()), 60)
    assert (state.reading.beat, state.playhead) == (TRAIN, 50)


def test_going_back_ends_on_the_last_beat_of_the_card_before():
    state = reduce(begun(2), act.Turn(-1))
    assert (state.reading.card_index, state.reading.beat, state.playhead) == (1, SHOW, 172)
    state = reduce(state, act.Turn(-1))  # within a card: to its beginning
    assert (state.reading.card_index, state.reading.beat, state.playhead) == (1, ASK, 0)


@pytest.mark.parametrize(("card", "direction"), [(0, -1), (7, 1)])
def test_before_the_first_card_and_behind_the_last_there_is_nothing(card, direction):
    state = begun(card)
    state = reduce(reduce(state, act.Turn()), act.Turn()) if card else state
    assert reduce(state, act.Turn(direction)) is state


def test_a_prediction_is_kept_and_what_is_predicted_happens():
    state = reduce(begun(5), act.Predict(1))
    assert (state.reading.predicted, state.reading.beat) == (1, SHOW)
    assert reduce(state, act.Predict(0)) is state  # it is too late
    state = reduce(reduce(state, act.ToCard(0)), act.ToCard(5))
    assert state.reading.predicted == 1


def test_a_card_number_beyond_the_last_is_the_last():
    assert reduce(begun(), act.ToCard(99)).reading.card_index == 7


def test_going_on_restores_the_cards_experiment_and_undo_stays_on_the_card():
    changed = reduce(begun(), act.SetField("hidden", (5,)))
    assert reduce(changed, act.Undo()).experiment == WHY.experiments[0]
    state = reduce(changed, act.Turn())
    assert state.experiment == WHY.experiments[1]
    assert reduce(state, act.Undo()) is state


@pytest.mark.parametrize("card", [0, 2, 7])
def test_undo_on_a_card_never_shows_the_persons_own_experiment(card):
    mine = reduce(reduce(trained(30, hidden=(3,)), act.SetField("learning_rate", 0.3)), act.Undo())
    state = begun(card, mine)
    assert (state.past, state.future) == ((), ())
    assert reduce(state, act.Undo()).experiment == WHY.experiments[card]
    assert reduce(state, act.LeaveLesson()).future == mine.future


def test_the_next_card_of_the_same_experiment_keeps_what_was_trained():
    state = arrived(reduce(begun(2), act.Turn()), 172)
    new = reduce(state, act.ToCard(3))
    assert new.frame is state.frame
    assert new.past == ()


def test_a_card_sets_its_speed_and_the_persons_own_comes_back():
    state = replace(opening(XOR), speed=FASTEST)
    assert begun(2, state).speed == 300.0
    assert begun(1, state).speed == FASTEST
    assert reduce(begun(2, state), act.LeaveLesson()).speed == FASTEST


def test_leaving_brings_the_persons_own_screen_back_whole():
    mine = reduce(trained(30, hidden=(3,)), act.SetField("learning_rate", 0.3))
    mine = replace(mine, opened="neuron", probe=(0.25, 0.5), playing=True, playhead=mine.step)
    state = reduce(begun(5, mine), act.SetTheme("dark"))
    back = reduce(state, act.LeaveLesson())
    assert (back.experiment, back.frame, back.history) == (mine.experiment, mine.frame, mine.history)
    assert (back.past, back.opened, back.probe) == (mine.past, "neuron", (0.25, 0.5))
    assert (back.reading, back.aside, back.theme, back.playing) == (None, None, "dark", False)
    assert reduce(back, act.Undo()).experiment == replace(mine.past[-1].experiment)


def test_another_lesson_out_of_a_lesson_still_leads_home():
    state = reduce(begun(), act.StartLesson(WHY, 3))
    assert reduce(state, act.LeaveLesson()).experiment == XOR


def test_a_lesson_is_nobodys_unsaved_work():
    mine = opening(experiment(hidden=(3,)))
    assert selectors.unsaved(begun(0, mine))
    assert not selectors.unsaved(begun(7))


@pytest.mark.parametrize(
    "action", [act.Open(experiment(hidden=(4,))), act.OpenDocument(Document(experiment(hidden=(4,))))]
)
def test_opening_something_ends_the_lesson(action):
    state = reduce(begun(3), action)
    assert (state.reading, state.experiment.base.hidden) == (None, (4,))
    assert reduce(state, act.Undo()).experiment == XOR


@pytest.mark.parametrize("action", [act.ToCard(1), act.Turn(), act.Predict(0), act.LeaveLesson()])
def test_without_a_lesson_there_are_no_cards(action):
    state = opening(XOR)
    assert reduce(state, action) is state


def test_who_reads_in_the_tab_goes_on_reading_there():
    state = reduce(begun(3), act.OpenPanel("lesson"))
    assert reduce(state, act.Turn()).opened == "lesson"


def test_presenting_shows_the_instrument_and_not_the_text_twice():
    state = reduce(reduce(begun(3), act.OpenPanel("lesson")), act.Present(True))
    assert (state.presenting, state.opened) == (True, "bend")
    assert reduce(state, act.Present(True)) is state
    assert not reduce(state, act.Present(False)).presenting


def test_the_screen_is_black_for_a_moment_while_presenting():
    state = reduce(reduce(begun(), act.Present(True)), act.SetBlack(True))
    assert state.black
    assert not reduce(state, act.ToCard(1)).black
    state = reduce(state, act.Escape())
    assert (state.black, state.presenting) == (False, True)
    assert not reduce(state, act.Escape()).presenting
    assert not reduce(opening(XOR), act.SetBlack(True)).black


def test_a_drawn_card_stands_at_its_end_where_nobody_has_predicted():
    state = card_state(WHY, 5)
    assert (state.step, state.playhead, state.opened, state.presenting) == (172, 172, "fold", True)
    assert (state.reading.beat, state.reading.predicted) == (SHOW, None)


def test_the_timeline_does_not_tell_what_a_card_asks():
    steps = {mark.step for mark in selectors.marks(replace(state_at(XOR, 172), bookmarks=(7,)))}
    assert steps == {7, 42, 172}
    state = begun(0, state_at(WHY.experiments[0], 172))  # the card's own run, trained before
    assert (state.furthest, state.playhead) == (172, 0)
    assert selectors.marks(state) == ()
    state = reduce(reduce(state, act.Turn()), act.Scrub(50))  # the question of the second card
    assert (state.reading.beat, state.playhead) == (ASK, 50)
    assert [mark.step for mark in selectors.marks(state)] == [42]
    state = reduce(reduce(reduce(state, act.ToCard(1)), act.Predict(1)), act.Turn())
    assert state.reading.beat == SHOW
    assert [mark.step for mark in selectors.marks(reduce(state, act.Scrub(0)))] == [42, 172]


def test_a_drawn_card_has_what_its_instrument_trains_along():
    state = card_state(lesson("squash"), 2)
    assert (state.opened, state.side.step) == ("dial", 1000)


def test_an_instrument_of_a_card_comes_back_from_its_own_window():
    state = reduce(begun(3), act.MoveApart("bend"))
    assert reduce(state, act.ToCard(3)).apart == ()
    state = reduce(reduce(begun(3), act.MoveApart("fold")), act.ToCard(3))
    assert state.apart == ("fold",)
    assert reduce(state, act.Present(True)).apart == ()


def test_one_level_back_while_presenting_is_the_cards_own_instrument():
    state = reduce(reduce(begun(3), act.Present(True)), act.OpenPanel("gallery"))
    state = reduce(state, act.Escape())
    assert (state.presenting, state.opened) == (True, "bend")
    assert not reduce(state, act.Escape()).presenting
    alone = reduce(reduce(opening(XOR), act.Present(True)), act.OpenPanel("loss"))
    assert (reduce(alone, act.Escape()).presenting, reduce(alone, act.Escape()).opened) == (True, None)


def test_leaving_while_presenting_presents_the_persons_own_networks():
    state = reduce(reduce(begun(), act.Present(True)), act.LeaveLesson())
    assert (state.presenting, state.reading) == (True, None)


def test_a_lesson_is_not_stopped_by_networks_that_have_settled():
    state = arrived(reduce(reduce(begun(1), act.Turn()), act.Turn()), 172)
    on = arrived(reduce(state, act.Train()), 200)
    assert selectors.all_settled(on)
    assert (on.step, on.playing) == (200, True)
