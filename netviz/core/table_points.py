"""The rows of somebody's own table as points to train and test on."""

import numpy as np

from netviz.core.points import Points, Sampling, split, training_count


def table_points(sampling: Sampling) -> Points:
    """The table's rows, scaled, a share of them to train on; of a curve the second place is the target.

    Places are (n, inputs), and (n, 2) of one input. ValueError without a table.
    """
    table = sampling.table
    if table is None:
        raise ValueError("there is no table to learn from")
    rows, inputs = table.scaled, len(table.inputs)
    if sampling.train_fraction < 1:
        rows = rows[np.random.default_rng(sampling.seed).permutation(len(rows))]
    curve = table.dataset == "csv:curve"
    x, what = rows if curve else rows[:, :-1], rows[:, -1]
    if inputs == 1 and not curve:
        x = np.column_stack(
            [x, np.zeros(len(x))]
        )  # there is no second column: the plane has one all the same
    y = np.eye(len(table.classes))[what.astype(int)] if table.kind == "many" else what[:, None]
    reach = table.reach(range(min(2, table.values.shape[1] if curve else inputs)))
    count = training_count(len(x), sampling.train_fraction)
    return split(x, y, count, (-reach, reach), table.kind)
