"""Points that a person puts on the plane: each is two coordinates and a class, or a number."""

import numpy as np

from netviz.core.generators import CURVE_BOX, PLANE_BOX
from netviz.core.points import Kind, Points, Sampling, split, training_count

CORNER_BOX = (-0.35, 1.35)  # room around the corners for their targets and outputs
MOST_CLASSES = 6
Own = tuple[tuple[float, float, float], ...]  # x1, x2 and the class's number from 0, or a value


def own_points(sampling: Sampling, kind: Kind, outputs: int, curve: bool = False) -> Points:
    """The given points, a share of them to train on; the plane is that of the corners where they fit it.

    Of a curve the height is the answer, and the plane that of the curves that are drawn.
    """
    table = np.array(sampling.own, dtype=np.float64).reshape(-1, 3)
    if sampling.train_fraction < 1:
        table = table[np.random.default_rng(sampling.seed).permutation(len(table))]
    x, what = table[:, :2], table[:, 1 if curve else 2]
    low, high = small = CURVE_BOX if curve else CORNER_BOX
    fits = bool(len(x) or curve) and bool(((x >= low) & (x <= high)).all())
    box = small if fits else PLANE_BOX
    if kind == "many":
        y = np.eye(outputs)[np.clip(what, 0, outputs - 1).astype(int)]
    else:
        y = (1.0 * (what > 0) if kind == "classes" else what)[:, None]
    return split(x, y, training_count(len(table), sampling.train_fraction), box, kind)


def own_name(points: Own, kind: Kind, curve: bool = False) -> str:
    """The dataset that holds such points: a curve, numbers, or as many classes as there are."""
    if curve:
        return "own:curve"
    if kind == "numbers":
        return "own:numbers"
    classes = int(max((point[2] for point in points), default=0)) + 1
    return "own" if classes <= 2 else f"own:{classes}"


def as_own(data: Points, most: int) -> Own:
    """At most so many of a problem's training points, as a person's own."""
    if data.kind == "many":
        what = data.y.argmax(axis=1).astype(np.float64)
    elif data.kind == "classes":
        what = (data.y[:, 0] > sum(data.targets) / 2).astype(np.float64)
    else:
        what = data.y[:, 0]
    rows = np.column_stack([data.x, what])[:most].tolist()
    return tuple((x, y, target) for x, y, target in rows)
