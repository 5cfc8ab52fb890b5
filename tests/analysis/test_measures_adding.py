"""Summaries of two groups, added, are the summary of both: partitions may be counted apart."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures import crossing, multiple, ordinal, ranking, text

CHOICES = ("jamais", "parfois", "souvent")
GROUPS = ("association", "mairie")

choices = st.sampled_from([*CHOICES, None])
ticks = st.lists(st.tuples(*[st.booleans()] * 3))
orders = st.lists(
    st.permutations(CHOICES).flatmap(
        lambda order: st.integers(0, 3).map(
            lambda kept: tuple(order.index(c) + 1 if order.index(c) < kept else 0 for c in CHOICES)
        )
    )
)
pairs = st.lists(st.tuples(choices, st.sampled_from([*GROUPS, None])))


def summed(summarise, column, one, other):
    """Whether counting apart and adding gives what counting together gives."""
    return summarise(column(one + other)) == summarise(column(one)) + summarise(column(other))


@given(st.lists(choices), st.lists(choices))
def test_answers_on_a_scale_add(one, other):
    assert summed(
        lambda column: ordinal.summarise(column, CHOICES),
        lambda rows: pd.Series(rows, dtype=pd.CategoricalDtype(CHOICES)),
        one,
        other,
    )


@given(ticks, ticks)
def test_several_choices_add(one, other):
    assert summed(
        lambda column: multiple.summarise(column, CHOICES),
        lambda rows: pd.DataFrame(rows, columns=CHOICES, dtype=bool),
        one,
        other,
    )


@given(orders, orders)
def test_ranks_add(one, other):
    assert summed(
        lambda column: ranking.summarise(column, CHOICES),
        lambda rows: pd.DataFrame(rows, columns=CHOICES, dtype="int16"),
        one,
        other,
    )


@given(st.lists(st.integers(0, 2)), st.lists(st.integers(0, 2)))
def test_texts_add(one, other):
    assert summed(text.summarise, lambda rows: pd.Series(rows, dtype="int8"), one, other)


@given(pairs, pairs)
def test_crossed_answers_add(one, other):
    def crossed(rows):
        frame = pd.DataFrame(rows, columns=["answer", "by"], dtype=object)
        return crossing.cross(frame["answer"], frame["by"], CHOICES, GROUPS)

    assert summed(lambda column: column, crossed, one, other)


@given(pairs)
def test_crossed_groups_hold_who_gave_both_answers(rows):
    frame = pd.DataFrame(rows, columns=["answer", "by"], dtype=object)

    crossed = crossing.cross(frame["answer"], frame["by"], CHOICES, GROUPS)

    assert crossed.base == sum(answer is not None and by is not None for answer, by in rows)
    assert crossed.counts("jamais") == {group: rows.count(("jamais", group)) for group in GROUPS}
