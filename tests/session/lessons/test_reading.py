import pytest

from netviz.session.cards import ASK, SHOW, TRAIN
from netviz.session.lessons import reading
from netviz.session.lessons.expecting import disappointed
from netviz.session.presets import PRESETS

SHIPPED = reading.lessons()
CARDS = [(name, i) for name, one in SHIPPED.items() for i in range(len(one.cards))]
CARD = 'title = "T"\nabout = "A."\n[[cards]]\nheading = "H"\nexperiment = "xor"\n'
ASKS = 'question = { ask = "Q?", choices = ["a", "b"], right = 2 }\n'


def made(text):
    return reading.decode(text.encode(), "made")


@pytest.mark.parametrize(("name", "index"), CARDS, ids=[f"{name}-{i + 1}" for name, i in CARDS])
def test_a_shipped_card_comes_to_what_it_says(name, index):
    assert SHIPPED[name].cards[index].expect
    assert disappointed(SHIPPED[name], index) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_lesson_brings_its_own_starting_weights_and_leads_from_card_to_card(name):
    lesson = SHIPPED[name]
    assert all(experiment.base.weights for experiment in lesson.experiments)
    assert all(card.next for card in lesson.cards[:-1])
    assert lesson.cards[-1].next is None
    assert all(card.hint for card in lesson.cards)
    assert any(card.question for card in lesson.cards)


def test_the_first_lesson_asks_why():
    assert next(iter(SHIPPED)) == "why"
    why = SHIPPED["why"]
    assert (why.title, len(why.cards)) == ("Why activation?", 8)
    assert why.cards[5].heading == "ReLU folds the plane: 00 and 11 land together."
    assert why.cards[5].next == "press it all into one layer"


def test_a_card_has_a_beat_for_all_that_it_does():
    assert made(CARD).cards[0].beats == (SHOW,)
    assert made(f"{CARD}{ASKS}").cards[0].beats == (ASK, SHOW)
    assert made(f"{CARD}{ASKS}to = 9").cards[0].beats == (ASK, TRAIN, SHOW)


def test_a_card_without_an_experiment_of_the_lesson_takes_a_preset():
    lesson = made(CARD)
    assert lesson.experiments == (PRESETS["xor"].experiment,)
    assert lesson.cards[0].end == 0


def test_an_experiment_of_the_lesson_is_written_as_in_a_file():
    text = CARD.replace('"xor"', '"own"') + "[experiments.own]\nhidden = [3]\n[[experiments.own.twins]]\n"
    (found,) = made(text).experiments
    assert (found.base.hidden, len(found.own)) == ((3,), 1)


WRONG = {
    "not TOML": ("a = ", "not TOML: Invalid value"),
    "bytes": (b"\xff", "not TOML: "),
    "deep": ("a = " + "[" * 100_000, "not TOML: "),
    "nothing": ("", "object missing required field `title`"),
    "a key too many": (CARD + "stpe = 3", "key 'cards[0]': object contains unknown field `stpe`"),
    "a wrong type": (CARD + 'step = "9"', "key 'cards[0].step': expected `int`, got `str`"),
    "a step below 0": (CARD + "step = -1", "key 'cards[0].step': expected `int` >= 0"),
    "a long heading": (CARD.replace('"H"', f'"{"H" * 61}"'), "key 'cards[0].heading': expected `str` of "),
    "an experiment that is none": (
        CARD.replace('"xor"', '"xro"'), "key 'cards[0].experiment': no such experiment; there are xor, "
    ),
    "a setting": (
        CARD + "[experiments.own]\nlearning_rate = 'fast'",
        "experiments.own: key 'learning_rate': expected a number above 0, got \"fast\"",
    ),
    "a view": (CARD + 'view = "all"', "key 'cards[0].view': invalid enum value 'all'"),
    "no training": (CARD + "step = 9\nto = 9", "key 'cards[0].to': it trains on from step"),
    "a right answer": (CARD + ASKS.replace("2 }", "3 }"), "key 'cards[0].question.right': there are 2 ch"),
    "a unit": (CARD + "select = [0, 1, 2]", "key 'cards[0].select': expected a unit"),
    "a unit's twin": (CARD + "select = [2, 1, 0]", "key 'cards[0].select': expected a unit"),
    "an expected twin": (CARD + "expect = [{ twin = 2 }]", "key 'cards[0].expect[0].twin': there are 2"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_lesson_costs_one_sentence_that_names_the_key(text, sentence):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 (the sentence is looked at)
        reading.decode(text if isinstance(text, bytes) else text.encode(), "made")
    assert str(refused.value).startswith(sentence)
    assert "\n" not in str(refused.value)


def test_a_card_is_named_by_lesson_and_number(tmp_path):
    assert reading.card("why:6") == (SHIPPED["why"], 5)
    path = tmp_path / "own.toml"
    path.write_text(CARD)
    assert reading.card(f"{path}:1")[0].name == "own"
    path.write_text("a = ")
    with pytest.raises(ValueError, match=r"own\.toml: not TOML"):
        reading.card(f"{path}:1")


def test_a_lesson_without_a_number_means_all_its_cards():
    assert reading.cards_of("why") == (SHIPPED["why"], None)
    assert reading.cards_of("why:1") == (SHIPPED["why"], 0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("why", "expected LESSON:CARD such as why:6, got 'why'"),
        ("why:x", "expected LESSON:CARD such as why:6, got 'why:x'"),
        ("why:9", "why: no card 9; there are 1 to 8"),
        ("why:0", "why: no card 0; there are 1 to 8"),
        ("wyh:1", "no lesson 'wyh'; there are why"),
    ],
)
def test_a_card_that_is_not_there_costs_one_sentence(text, sentence):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 (the sentence is looked at)
        reading.card(text)
    assert str(refused.value).startswith(sentence)


def test_what_a_card_expects_and_does_not_get_is_told():
    expected = (
        "expect = [{ step = 0, loss = 0.5, verdict = 'learned' }, { outputs = [0, 1, 1, 0], within = 2 }]"
    )
    assert disappointed(made(CARD + expected), 0) == [
        "card 1, twin 0: expected loss 0.5, got 0.8169080406086923",
        "card 1, twin 0: expected verdict learned, got idle",
    ]


def test_a_floor_that_there_is_not_is_not_near():
    silent = CARD.replace('"xor"', '"own"') + "expect = [{ floor = 0.25 }]\n[experiments.own]\n"
    assert disappointed(made(f'{silent}output_activation = "sigmoid"\n'), 0) == [
        "card 1, twin 0: expected floor 0.25, got None"
    ]
