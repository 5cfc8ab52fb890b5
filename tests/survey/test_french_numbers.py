from decimal import Decimal

import pytest

from survey.french import number


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (11.25, 1, "11,3"),
        (0.75, 1, "0,8"),
        (0.15, 1, "0,2"),
        (-0.04, 1, "0"),
        (1234.5, 3, "1\u202f234,5"),
        (100, 3, "100"),
        (2.5, 0, "3"),
        (Decimal("90.000"), 3, "90"),
        (250_000, 1, "250\u202f000"),
    ],
)
def test_halves_go_up_and_zeros_at_the_end_go(value, decimals, words):
    assert number(value, decimals) == words
