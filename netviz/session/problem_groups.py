"""Which problems stand together, under which heading: the Data panel's pictures and the recipe's menu."""

from netviz.core.datasets import DATASETS
from netviz.session.fields import Settings

GROUPS = {  # the rows of DATASETS that have a picture
    "Corners and gates": ("xor", "gate:0001", "gate:0111", "gate:1001", "gate:1110", "gate:1000"),
    "Two classes": ("circle", "quadrant_xor", "gauss", "spiral", "moons", "checkerboard", "rings"),
    "Several classes": ("blobs:3", "blobs:4", "blobs:5", "blobs:6"),
    "Numbers": ("plane", "multi_gauss"),
    "Curves: bend a line": ("sine", "step_curve", "abs", "cubic"),
}
MENU_FIRST = ("xor", "gate:0001", "gate:0111")  # what one looks for first
GATES, OWN = "Corners and gates", "Own"


def problem_menu(settings: Settings) -> dict[str, dict[str, str]]:
    """Every problem's label by its name, by group, each label once; own points and a table at the end."""
    names = {group: list(rows) for group, rows in GROUPS.items()}
    rest = [name for name in DATASETS if name.startswith("gate")]
    names[GATES] = list(dict.fromkeys([*MENU_FIRST, *names[GATES], *rest]))
    found = {group: _labels(rows, settings.dataset) for group, rows in names.items()}
    table = {settings.csv.dataset: settings.csv.name} if settings.csv else {}
    own = settings.dataset if settings.dataset.startswith("own") else "own"
    return found | {OWN: {own: DATASETS[own].label} | table}


def _labels(names: list[str], present: str) -> dict[str, str]:
    """The rows' labels by their names; of rows of one label the present problem's, else the first."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(DATASETS[name].label, name)
    now = DATASETS[present].label
    return {present if label == now else name: label for label, name in first.items()}
