"""The recipe's menu of problems: all of them, once each, under the headings of the Data panel."""

from dataclasses import replace

import numpy as np
import pytest

from netviz.core.datasets import DATASETS
from netviz.core.tables import Table
from netviz.session.fields import Settings
from netviz.session.problem_groups import GATES, GROUPS, OWN, problem_menu


def test_xor_and_and_or_stand_first():
    assert list(problem_menu(Settings())) == [*GROUPS, OWN]
    assert list(problem_menu(Settings())[GATES].values())[:3] == ["XOR", "AND", "OR"]


def test_each_problem_is_offered_once():
    offered = [label for rows in problem_menu(Settings()).values() for label in rows.values()]
    assert len(offered) == len(set(offered))
    assert {*offered, "Own table"} == {row.label for row in DATASETS.values()}


@pytest.mark.parametrize(
    ("dataset", "group"), [("gate:0110", GATES), ("blobs", "Several classes"), ("own:3", OWN)]
)
def test_the_present_problem_is_among_them_whatever_it_is_called(dataset, group):
    assert dataset in problem_menu(replace(Settings(), dataset=dataset))[group]


def test_a_table_stands_beside_own_points():
    table = Table("iris.csv", ("a", "b"), "c", (), np.array([[1.0, 2.0, 0.0], [2.0, 1.0, 1.0]]))
    assert list(problem_menu(replace(Settings(), csv=table))[OWN].values()) == ["Own points", "iris.csv"]
