"""What a lesson does to the screen: card after card, predictions, presenting, and the way back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from netviz.session import actions as act
from netviz.session.cards import ASK, TRAIN, Lesson
from netviz.session.changes import put
from netviz.session.engine import Request, advance, start
from netviz.session.runs import state_at
from netviz.session.sides import side_experiment
from netviz.session.state import Reading, State, UnitId, opening

PANEL = "lesson"  # its panel; where there is no room beside the networks it is a tab
KEPT = ("theme", "text_size", "reduced_motion", "presenting", "black", "message", "apart")  # at the end


def own(state: State) -> State:
    """A person's own screen: what is kept in files and comes back at the end of a lesson."""
    return state.aside or state


AS_USUAL: dict[str, Any] = {  # what a lesson begins without
    "past": (), "future": (), "file": None, "bookmarks": (), "ghost": None, "brush": None, "hidden_rows": (),
    "test_points": False, "discretized": False, "log_loss": False, "hints": None,
}  # fmt: skip


def _start(state: State, action: act.StartLesson) -> State:
    mine = own(state)
    mine = replace(mine, playing=False, playhead=mine.step if mine.playing else mine.playhead)
    opened = None if state.reading is None else state.opened  # not the list it was chosen from
    began = replace(state, reading=Reading(action.lesson), aside=mine, opened=opened, **AS_USUAL)
    return _to_card(began, act.ToCard(action.card))


def _to_card(state: State, action: act.ToCard, last: bool = False) -> State:
    """The card's experiment, as the lesson has it, at the card's first beat, or at its last.

    Undo takes back what was changed on this card, never what the card shows.
    """
    if state.reading is None:
        return state
    index = min(max(0, action.card), len(state.reading.lesson.cards) - 1)
    reading = state.reading._replace(card_index=index, beat_index=0)
    card, experiment = reading.card, reading.lesson.experiments[index]
    if last:
        reading = reading._replace(beat_index=len(card.beats) - 1)
    if state.experiment != experiment:
        state = replace(put(state, experiment, f"card {index + 1}"), ghost=None)
    step = card.end if last else card.step
    return _on_beat(replace(
        state, reading=reading, playing=False, playhead=step, furthest=max(state.furthest, step),
        view=card.view, probe=card.probe, regions=card.regions, fused=0.0, walk=None, filled=None, brush=None,
        past=(), future=(),
        selected=UnitId(*card.select) if card.select else None,
        speed=card.speed or own(state).speed,
    ))  # fmt: skip


def _on_beat(state: State) -> State:
    """What is open and whether it trains, as the beat has it; who reads in the tab goes on reading there."""
    reading = state.reading
    assert reading is not None
    opened = PANEL if state.opened == PANEL and not state.presenting else _shown(reading)
    apart = () if state.presenting else tuple(name for name in state.apart if name != opened)
    trains = reading.beat == TRAIN and state.playhead < reading.card.end
    return replace(state, opened=opened, apart=apart, playing=trains, black=False)


def _shown(reading: Reading) -> str | None:
    """The instrument of a beat; a question is asked before it is open."""
    return None if reading.beat == ASK else reading.card.show


def _turn(state: State, action: act.Turn) -> State:
    reading = state.reading
    if reading is None:
        return state
    beat = reading.beat_index + action.direction
    if not 0 <= beat < len(reading.card.beats):
        there = reading.card_index + action.direction
        known = 0 <= there < len(reading.lesson.cards)
        return _to_card(state, act.ToCard(there), action.direction < 0) if known else state
    if action.direction < 0:
        return _to_card(state, act.ToCard(reading.card_index))
    new = replace(state, reading=reading._replace(beat_index=beat))
    if new.reading and new.reading.beat != TRAIN:  # what is shown now was trained before
        end = reading.card.end
        new = replace(new, playhead=end, furthest=max(new.furthest, end), playing=False)
    return _on_beat(new)


def _predict(state: State, action: act.Predict) -> State:
    """Note the prediction; what is predicted then happens."""
    reading = state.reading
    if reading is None or reading.beat != ASK:
        return state
    told = dict(reading.predictions) | {reading.card_index: action.choice}
    return _turn(replace(state, reading=reading._replace(predictions=tuple(told.items()))), act.Turn())


def card_state(lesson: Lesson, index: int) -> State:
    """A card at its end as a hall sees it, with the answer to its question: the frame is trained here."""
    card, experiment = lesson.cards[index], lesson.experiments[index]
    began = replace(opening(experiment), presenting=True)
    state = _to_card(replace(began, reading=Reading(lesson)), act.ToCard(index), last=True)
    trained = state_at(experiment, card.end)
    state = replace(state, frame=trained.frame, history=trained.history)
    wanted = side_experiment(state)
    if wanted is not None:
        state = replace(state, side=advance(Request(wanted, start(wanted).states, until=card.end)))
    return state


def arrived(state: State, step: int) -> State:
    """Paused by a stop rule at a step: where that is the end of the card's training, it shows what came."""
    ends = state.reading is not None and state.reading.until == step
    return _turn(state, act.Turn()) if ends else state


def left(state: State) -> State:
    """The person's own screen again, with what is the screen's now and not the lesson's."""
    if state.aside is None:
        return state
    return replace(state.aside, **{name: getattr(state, name) for name in KEPT})


def back(state: State) -> State:
    """One level back while presenting: light, the card's own instrument, the window."""
    shows = _shown(state.reading) if state.reading else None
    if state.black:
        return replace(state, black=False)
    if state.opened != shows:
        return replace(state, opened=shows)
    return replace(state, presenting=False)


def _present(state: State, action: act.Present) -> State:
    if action.on == state.presenting:
        return state
    new = replace(
        state, presenting=action.on, black=False, filled=None, apart=() if action.on else state.apart
    )
    return replace(new, opened=_shown(new.reading)) if new.reading and action.on else new


REDUCERS: dict[type, Callable[..., State]] = {
    act.StartLesson: _start,
    act.ToCard: _to_card,
    act.Turn: _turn,
    act.Predict: _predict,
    act.LeaveLesson: lambda state, _: left(state),
    act.Present: _present,
    act.SetBlack: lambda state, action: replace(state, black=action.on and state.presenting),
}
