import math

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures import crossing, multiple, nominal, numeric, ranking, text
from analysis.summaries import Base, Distribution, Quotes, Ranks, Shares

CHOICES = ("oui", "non", "nsp")
CELLS = ["number", "choice", "rank", "value", "state"]


def cells(*rows):
    return pd.DataFrame(list(rows), columns=CELLS)


def test_shares_ignore_missing_answers_and_keep_empty_choices():
    shares = nominal.summarise(pd.Series(["oui", "oui", "non", None]), choices=CHOICES)

    assert shares.base == 3
    assert shares.counts == {"oui": 2, "non": 1, "nsp": 0}
    assert shares.share("oui") == 2 / 3


def test_the_share_of_nobody_is_none():
    assert nominal.summarise(pd.Series([None, None]), CHOICES).share("oui") is None


def test_several_choices_count_people_and_not_ticks():
    column = multiple.encode(
        cells((1, "oui", None, None, 0), (1, "non", None, None, 0), (2, "oui", None, None, 0)),
        pd.Index([1, 2, 3]),
        CHOICES,
    )

    shares = multiple.summarise(column, CHOICES)

    assert (shares.base, shares.counts) == (2, {"oui": 2, "non": 1, "nsp": 0})


def test_ranks_are_counted_place_by_place():
    column = ranking.encode(
        cells((1, "oui", 1, None, 0), (1, "non", 2, None, 0), (2, "non", 1, None, 0)),
        pd.Index([1, 2, 3]),
        CHOICES,
    )

    ranks = ranking.summarise(column, CHOICES)

    assert ranks == Ranks(2, {"oui": (1, 0, 0), "non": (1, 1, 0), "nsp": (0, 0, 0)})
    assert (ranks.first("non"), ranks.mentioned("non")) == (1, 2)


def test_numbers_keep_every_value():
    column = numeric.encode(
        cells((1, None, None, 2.5, 0), (3, None, None, 10.0, 0)), pd.Index([1, 2, 3]), ()
    )

    assert numeric.summarise(column) == Distribution({2.5: 1, 10.0: 1})


def test_texts_are_written_or_published():
    column = text.encode(
        cells((1, None, None, None, 1), (2, None, None, None, 2)), pd.Index([1, 2, 3]), ()
    )

    assert text.summarise(column) == Quotes(base=2, published=1)


def test_a_crossing_counts_by_group_and_leaves_who_is_in_none_to_the_rest():
    crossed = crossing.cross(
        pd.Series(["oui", "non", "oui", None, None]),
        pd.Series(["a", "a", None, "b", None]),
        ["oui", "non"],
        ["a", "b"],
    )

    assert crossed.groups == {
        "a": Shares(2, {"oui": 1, "non": 1}),
        "b": Shares(0, {"oui": 0, "non": 0}),
    }
    assert crossed.base == 2
    assert crossed.rest == Shares(1, {"oui": 1, "non": 0})


answers = st.lists(st.sampled_from([*CHOICES, None]))


@given(answers, answers)
def test_shares_of_both_groups_are_the_sum_of_each(one, other):
    both = nominal.summarise(pd.Series(one + other, dtype=object), CHOICES)

    assert both == nominal.summarise(pd.Series(one, dtype=object), CHOICES) + nominal.summarise(
        pd.Series(other, dtype=object), CHOICES
    )


numbers = st.lists(st.integers(0, 60).map(lambda n: n / 2), min_size=1)


@given(numbers, numbers)
def test_distributions_add_and_have_the_quantiles_of_numpy(one, other):
    summary = numeric.summarise(pd.Series(one)) + numeric.summarise(pd.Series(other))

    assert summary.base == len(one + other)
    assert math.isclose(summary.mean, np.mean(one + other))
    for share in (0, 0.25, 0.5, 0.75, 1):
        assert math.isclose(summary.quantile(share), np.quantile(one + other, share))


@given(numbers)
def test_classes_hold_every_value_once(values):
    distribution = numeric.summarise(pd.Series(values))

    edges = numeric.classes(distribution)

    assert sum(distribution.counts_between(edges)) == len(values)
    assert len(edges) <= numeric.CLASSES_AT_MOST + 2


def test_ages_fall_in_classes_of_ten_years():
    distribution = Distribution({23.0: 1, 40.0: 2, 64.0: 1})

    edges = numeric.classes(distribution, 10)

    assert edges == [20, 30, 40, 50, 60, 70]
    assert distribution.counts_between(edges) == [1, 0, 2, 0, 1]


def test_a_long_tail_is_left_open():
    edges = numeric.classes(Distribution({float(n): 1 for n in range(1, 30)} | {400.0: 1}))

    assert edges[-1] == math.inf


def test_a_base_splits_everybody_into_answered_missing_and_not_asked():
    base = Base(total=95, asked=39, answered=38) + Base(total=5, asked=5, answered=0)

    assert (base.answered, base.missing, base.not_asked) == (38, 6, 56)
    assert base.answered + base.missing + base.not_asked == base.total
