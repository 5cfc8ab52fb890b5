import pytest

from analysis.uncertainty import interval, may_be_chance


def test_the_interval_is_that_of_published_tables():
    low, high = interval(15, 148, 1.959964)

    # Newcombe (1998), table I, case of 15 among 148, method 3.
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)


@pytest.mark.parametrize("count", [0, 7])
def test_shares_of_nobody_and_of_everybody_stay_between_0_and_1(count):
    low, high = interval(count, 7, 1.96)

    assert 0 <= low < high <= 1


@pytest.mark.parametrize(
    ("one", "other", "compared", "chance"),
    [
        ((18, 36), (8, 22), 1, True),
        ((180, 360), (80, 220), 1, False),
        # Newcombe (1998), table II, case (a): 56 of 70 and 48 of 80, from 0.0524 to 0.3339.
        ((56, 70), (48, 80), 1, False),
        ((56, 70), (48, 80), 20, True),
        ((10, 10), (10, 10), 1, True),
    ],
)
def test_a_difference_is_said_to_be_chance_if_its_interval_holds_none(one, other, compared, chance):
    assert may_be_chance(one, other, compared) is chance
