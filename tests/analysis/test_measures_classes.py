import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures import numeric
from analysis.summaries import Distribution


def values(*given):
    return Distribution({float(value): given.count(value) for value in given})


@pytest.mark.parametrize(
    ("distribution", "edges"),
    [
        (values(), []),
        (values(5), [5, 6]),
        (values(12.5), [12, 13]),
        (values(1, 2, 2, 3), [1, 2, 3, 4]),
        (values(0, 0, 1), [0, 1, 2]),
        (values(0.5, 1, 2, 2.5), [0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6]),
        (values(3, 8, 14, 19, 27), [0, 5, 10, 15, 20, 25, 30]),
        (values(30, 60, 90, 120, 240), [0, 50, 100, 150, 200, 250]),
        (values(*[60] * 40), [60, 61]),
        (values(*[0.5] * 40), [0, 1]),
        (values(-12, -3, 0, 7), [-12, -10, -8, -6, -4, -2, 0, 2, 4, 6, 8]),
        (values(0.3, 0.5, 0.9), [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]),
        (values(0, 1), [0, 1, 2]),
        (values(0, 0.25, 0.5, 1), [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1]),
        (values(1000, 250_000), [0, 50_000, 100_000, 150_000, 200_000, 250_000, 300_000]),
    ],
)
def test_classes_are_round_and_begin_at_a_multiple_of_their_width(distribution, edges):
    assert numeric.classes(distribution) == edges


def test_one_large_value_does_not_flatten_the_others():
    distribution = values(*range(1, 30), 400)

    edges = numeric.classes(distribution)

    assert edges == [0, 5, 10, 15, 20, 25, 30, math.inf]
    assert distribution.counts_between(edges) == [4, 5, 5, 5, 5, 5, 1]


def test_one_large_value_does_not_flatten_answers_that_are_mostly_the_same():
    distribution = values(*[60] * 15, 30, 30, 90, 90, 90, 120, 1200)

    edges = numeric.classes(distribution)

    assert edges[:2] == [30, 40]
    assert edges[-1] == math.inf
    assert max(distribution.counts_between(edges)) == 15
    assert distribution.counts_between(edges)[-1] == 1


def test_a_fixed_width_ends_in_an_open_class_where_there_would_be_too_many():
    ages = values(*range(121))

    edges = numeric.classes(ages, width=5)

    assert edges == [*range(0, 65, 5), math.inf]
    assert ages.counts_between(edges) == [*[5] * 12, 61]


whole_numbers = st.lists(st.integers(0, 100_000), min_size=1)


@given(whole_numbers)
def test_whole_numbers_fall_in_classes_of_whole_numbers(given_values):
    edges = numeric.classes(values(*given_values))

    assert all(edge == int(edge) for edge in edges if edge != math.inf)


@given(whole_numbers, st.sampled_from([None, 5, 10, 100]))
def test_every_value_is_in_one_of_a_readable_number_of_classes(given_values, width):
    distribution = values(*given_values)

    edges = numeric.classes(distribution, width)

    assert sum(distribution.counts_between(edges)) == len(given_values)
    assert len(edges) - 1 <= numeric.CLASSES_AT_MOST + 1
    assert edges == sorted(set(edges))
