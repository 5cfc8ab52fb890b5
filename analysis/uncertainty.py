"""How far a share seen on some may be from that of all, had others answered."""

import math
from statistics import NormalDist

CONFIDENCE = 0.95


def interval(count: int, base: int, z: float) -> tuple[float, float]:
    """The bounds of a share, by its score.

    Source: Wilson, « Probable inference, the law of succession, and statistical inference », 1927.
    """
    share, square = count / base, z * z
    middle = (share + square / (2 * base)) / (1 + square / base)
    spread = share * (1 - share) / base + square / (4 * base * base)
    reach = z / (1 + square / base) * math.sqrt(spread)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def may_be_chance(one: tuple[int, int], other: tuple[int, int], compared: int = 1) -> bool:
    """Whether two groups' shares, each a count and a base, differ by no more than chance may do.

    `compared`: among how many differences this one was picked, so that the largest of many is
    asked for more (Bonferroni). Source of the interval of a difference: Newcombe, « Interval
    estimation for the difference between independent proportions », 1998, method 10.
    """
    z = NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / (2 * compared))
    (low, high), (other_low, other_high) = interval(*one, z), interval(*other, z)
    share, other_share = one[0] / one[1], other[0] / other[1]
    difference = share - other_share
    below = difference - math.hypot(share - low, other_high - other_share)
    above = difference + math.hypot(high - share, other_share - other_low)
    return below <= 0 <= above
