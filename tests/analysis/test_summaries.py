import math

import pytest

from analysis.summaries import Base, Crossed, Distribution, Quotes, Ranks, Shares


def test_a_choice_that_one_group_lacks_counts_zero_there():
    before = Shares(3, {"oui": 2, "non": 1})
    after = Shares(4, {"non": 1, "nsp": 3})

    assert before + after == Shares(7, {"oui": 2, "non": 2, "nsp": 3})


def test_ranks_add_place_by_place_where_an_item_was_added():
    before = Ranks(3, {"seniors": (2, 1), "jeunes": (1, 2)})
    after = Ranks(2, {"seniors": (0, 1, 1), "jeunes": (1, 0, 1), "enfants": (1, 1, 0)})

    both = before + after

    assert both.base == 5
    assert both.counts == {"seniors": (2, 2, 1), "jeunes": (2, 2, 1), "enfants": (1, 1, 0)}


def test_quotes_and_bases_add():
    assert Quotes(31, 24) + Quotes(2, 0) == Quotes(33, 24)
    assert Base(10, 6, 5, 2) + Base(1, 0, 0, 1) == Base(11, 6, 5, 3)


def test_no_value_has_no_statistics():
    nothing = Distribution({})

    assert nothing.base == 0
    assert nothing.minimum is nothing.maximum is nothing.mean is nothing.median is None
    assert nothing.quantile(0.25) is None


def test_quartiles_lie_between_the_two_nearest_values():
    values = Distribution({10.0: 1, 20.0: 1, 40.0: 1, 80.0: 1})

    assert values.quantile(0.25) == 17.5
    assert values.median == 30
    assert values.quantile(0.75) == 50
    assert values.mean == 37.5


@pytest.mark.parametrize(
    ("values", "whole"), [({1.0: 2, 30.0: 1}, True), ({1.0: 2, 2.5: 1}, False), ({}, True)]
)
def test_values_are_whole_when_all_of_them_are(values, whole):
    assert Distribution(values).whole is whole


def test_a_value_on_an_edge_falls_in_the_class_that_begins_there():
    values = Distribution({0.0: 1, 10.0: 2, 19.5: 3, 20.0: 4})

    assert values.counts_between([0, 10, 20, 30]) == [1, 5, 4]
    assert values.counts_between([0, 10, 20]) == [1, 9]
    assert values.counts_between([0, 10, math.inf]) == [1, 9]


def test_crossed_counts_are_by_group_and_add():
    one = Crossed({"association": Shares(3, {"oui": 2, "non": 1})})
    other = Crossed({"association": Shares(1, {"oui": 1}), "mairie": Shares(2, {"non": 2})})

    both = one + other

    assert both.base == 6
    assert both.groups["association"] == Shares(4, {"oui": 3, "non": 1})
    assert both.groups["mairie"] == Shares(2, {"non": 2})


def test_the_mean_rank_is_of_those_who_gave_one():
    ranks = Ranks(10, {"seniors": (3, 1, 0), "jeunes": (0, 0, 0)})

    assert ranks.mean_rank("seniors") == 1.25
    assert ranks.mean_rank("jeunes") is None
