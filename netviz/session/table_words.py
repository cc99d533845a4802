"""What the screen says of a table: its axes in their own units, its scaling, where its rows went."""

from netviz.core.datasets import DATASETS
from netviz.core.tables import Table
from netviz.session import engine, readings
from netviz.session.fields import Settings
from netviz.session.fitting import is_table
from netviz.session.sections import axis_names
from netviz.session.state import State

WHOLE = 1e7  # up to here whole numbers are written out
LONGEST_CLASS = 14  # characters of a class's name
LONGEST_AXIS, LONGEST_TAG = 18, 30  # characters of an axis' name, and with the range of its values


def table_of(settings: Settings) -> Table | None:
    """The table that is learned, where the problem is one."""
    return settings.csv if is_table(settings) else None


def problem_name(settings: Settings) -> str:
    """What is to be learned, as it is called: XOR, or a table's file."""
    table = table_of(settings)
    return DATASETS[settings.dataset].label if table is None else table.name


def class_name(settings: Settings, number: int) -> str:
    """One of several classes, from 0: setosa, or class 1."""
    table = table_of(settings)
    name = f"class {number + 1}" if table is None else table.classes[number]
    return name if len(name) <= LONGEST_CLASS else f"{name[: LONGEST_CLASS - 1]}…"


def class_pair(settings: Settings) -> tuple[str, str]:
    """The two classes as they are called: 0 and 1, −1 and 1, or a table's two names."""
    table = table_of(settings)
    if table is not None and len(table.classes) == 2:
        return class_name(settings, 0), class_name(settings, 1)
    low, high = engine.points(settings).targets
    return unit(low), unit(high)


def class_names(settings: Settings) -> tuple[str, ...]:
    """The names of a table's several classes; () where they have but numbers."""
    table = table_of(settings)
    if table is None or len(table.classes) < 3:
        return ()
    return tuple(class_name(settings, number) for number in range(len(table.classes)))


def unit(value: float) -> str:
    """A number of somebody's own units: three digits say where it is, a year has four."""
    if 1000 <= abs(value) < WHOLE:
        return f"{value:.0f}".replace("-", "−")
    return f"{value:.3g}".replace("e+0", "e").replace("e+", "e").replace("-", "−")


def axis_words(state: State) -> tuple[str, str] | None:
    """The plane's axes, up and across, with what they run from and to in the file; None of no table."""
    settings = readings.settings(state, 0)
    table = table_of(settings)
    if table is None:
        return None
    shown, (low, high) = readings.axes(state), readings.box(state)
    across, up = (
        _axis(name, table, column, low, high)
        for name, column in zip(axis_names(settings, shown), shown, strict=True)
    )
    return f"{up} ↑", f"{across} →"


def _axis(name: str, table: Table, column: int, low: float, high: float) -> str:
    """Show petal length: 0.4 to 7.1."""
    short = name if len(name) <= LONGEST_AXIS else f"{name[: LONGEST_AXIS - 1]}…"
    if column >= len(table.inputs) and table.dataset != "csv:curve":
        return short
    middle, spread = table.scale.middle[column], table.scale.spread[column]
    told = f"{short}: {unit(middle + low * spread)} to {unit(middle + high * spread)}"
    return told if len(told) <= LONGEST_TAG else short


def scaling_sentence(table: Table) -> str:
    """Scaled to mean 0, spread 1; what never changes is named."""
    what = "Every column is" if not table.classes else "Every input is"
    still = table.still
    never = f" {', '.join(still)} never changes: it is 0." if still else ""
    return f"{what} scaled to mean 0, spread 1.{never}"


def target_sentence(table: Table) -> str:
    """Learned: species, one of setosa, versicolor, virginica."""
    if table.classes:
        return f"Learned: {table.target}, one of {', '.join(table.classes)}."
    middle, spread = table.scale.middle[-1], table.scale.spread[-1]
    return f"Learned: {table.target}; an answer of 0 is {unit(middle)}, 1 is {unit(middle + spread)}."


def others_sentence(state: State) -> str:
    """What the plane does not show: "The plane shows 2 of 4 inputs; the others stand at the probe: a 5.1."""
    table, count = table_of(readings.settings(state, 0)), readings.dimensions(state)
    if table is None or count == 2:
        return ""
    whole, shown, scale = readings.probe(state), readings.axes(state), table.scale
    told = [
        f"{name} {unit(scale.middle[i] + whole[i] * scale.spread[i])}"
        for i, name in enumerate(table.inputs)
        if i not in shown
    ]
    return f"The plane shows 2 of {count} inputs; the others stand at the probe: {', '.join(told)}."


def sample_sentence(state: State) -> str:
    """Of many points a sample is drawn; all are trained on and judged."""
    drawn, every = len(readings.seen(state).x), len(readings.points(state).x)
    return (
        "" if drawn == every else f"{drawn:,} of {every:,} points are drawn; all are trained on and judged."
    )
