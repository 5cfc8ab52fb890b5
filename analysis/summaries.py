"""What answers come to, as frozen results that add: `a + b` is the summary of both groups.

`base` counts the people who answered, never ticks; every share below is of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Protocol, Self

EXACT = 9
"""Decimals beyond which a statistic is the noise of binary fractions."""


class Summary(Protocol):
    base: int

    def __add__(self, other: Self) -> Self: ...


@dataclass(frozen=True)
class Base:
    """Whom a block speaks of: `total` respondents, of whom `asked`, of whom `answered`.

    Those not asked include whoever said that the question does not concern them: `not_concerned`.
    """

    total: int = 0
    asked: int = 0
    answered: int = 0
    not_concerned: int = 0

    @property
    def missing(self) -> int:
        """Asked and left empty, or never reached: `na`."""
        return self.asked - self.answered

    @property
    def not_asked(self) -> int:
        return self.total - self.asked

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.total + other.total,
            self.asked + other.asked,
            self.answered + other.answered,
            self.not_concerned + other.not_concerned,
        )


@dataclass(frozen=True)
class Shares:
    """How one question's answers split between its choices, in the choices' order.

    With several choices a person, counts may exceed `base`; shares are still of people. Where
    they are protected, a count of 0 says nothing: it is of nobody, or of too few to be told.
    """

    base: int
    counts: Mapping[str, int]
    is_protected: bool = False

    def told(self, choice: str) -> int | None:
        """The count, None if it says nothing."""
        return self.counts[choice] or (None if self.is_protected else 0)

    def share(self, choice: str) -> float | None:
        """Between 0 and 1; None when nobody answered, or the count says nothing."""
        count = self.told(choice)
        return count / self.base if self.base and count is not None else None

    def __add__(self, other: Self) -> Self:
        counts = {c: self.counts.get(c, 0) + other.counts.get(c, 0) for c in _keys(self, other)}
        return type(self)(self.base + other.base, counts)


@dataclass(frozen=True)
class Ranks:
    """How often each item was put first, second, …; every item has as many counts as items."""

    base: int
    counts: Mapping[str, tuple[int, ...]]

    def mentioned(self, choice: str) -> int:
        """How many people gave the item a rank at all."""
        return sum(self.counts[choice])

    def first(self, choice: str) -> int:
        return self.counts[choice][0]

    def mean_rank(self, choice: str) -> float | None:
        """Among those who gave the item a rank; None if nobody did."""
        mentioned = self.mentioned(choice)
        ranks = sum(rank * count for rank, count in enumerate(self.counts[choice], start=1))
        return ranks / mentioned if mentioned else None

    def __add__(self, other: Self) -> Self:
        empty: tuple[int, ...] = ()
        pairs = {
            c: zip_longest(self.counts.get(c, empty), other.counts.get(c, empty), fillvalue=0)
            for c in _keys(self, other)
        }
        counts = {c: tuple(a + b for a, b in pair) for c, pair in pairs.items()}
        return type(self)(self.base + other.base, counts)


@dataclass(frozen=True)
class Distribution:
    """Every value that was given, with how many people gave it: exact, so that it adds."""

    values: Mapping[float, int]

    @property
    def base(self) -> int:
        return sum(self.values.values())

    @property
    def minimum(self) -> float | None:
        return min(self.values, default=None)

    @property
    def maximum(self) -> float | None:
        return max(self.values, default=None)

    def told(self, count: int) -> int | None:
        """The count of a class, None if it says nothing."""
        return count

    @property
    def whole(self) -> bool:
        """Whether every value is a whole number."""
        return all(value == int(value) for value in self.values)

    @property
    def mean(self) -> float | None:
        if not self.base:
            return None
        total = sum(value * count for value, count in self.values.items())
        return round(total / self.base, EXACT)

    @property
    def median(self) -> float | None:
        return self.quantile(0.5)

    def quantile(self, share: float) -> float | None:
        """Linear between the two nearest values (Hyndman and Fan's type 7), as numpy and R do."""
        if not self.base:
            return None
        position = share * (self.base - 1)
        below = int(position)
        low, high = self._at(below), self._at(min(below + 1, self.base - 1))
        return round(low + (high - low) * (position - below), EXACT)

    def _at(self, rank: int) -> float:
        """The value of this rank, 0 for the smallest."""
        seen = 0
        for value in sorted(self.values):
            seen += self.values[value]
            if rank < seen:
                return value
        raise IndexError(rank)

    def counts_between(self, edges: Sequence[float]) -> list[int]:
        """Counts in [edge, next edge), the last class holding its upper edge too."""
        counts = [0] * (len(edges) - 1)
        for value, count in self.values.items():
            for n, upper in enumerate(edges[1:]):
                if edges[n] <= value < upper or (n == len(counts) - 1 and value == upper):
                    counts[n] += count
        return counts

    def __add__(self, other: Self) -> Self:
        return type(self)(dict(Counter(self.values) + Counter(other.values)))


@dataclass(frozen=True)
class InClasses(Distribution):
    """A distribution of which only the counts of classes may be told; 0 says nothing.

    Of its quantiles, those that `least` people or more lie on each side of, themselves included.
    """

    counts: tuple[int, ...] = ()
    least: int = 1

    @property
    def minimum(self) -> None:
        return None

    @property
    def maximum(self) -> None:
        return None

    def quantile(self, share: float) -> float | None:
        quantile = super().quantile(share)
        if quantile is None:
            return None
        below = sum(count for value, count in self.values.items() if value <= quantile)
        above = sum(count for value, count in self.values.items() if value >= quantile)
        return quantile if min(below, above) >= self.least else None

    def told(self, count: int) -> int | None:
        return count or None

    def counts_between(self, edges: Sequence[float]) -> list[int]:
        return list(self.counts)


@dataclass(frozen=True)
class Quotes:
    """How many people wrote a text, and how many of those texts may be read."""

    base: int
    published: int

    def __add__(self, other: Self) -> Self:
        return type(self)(self.base + other.base, self.published + other.published)


@dataclass(frozen=True)
class Crossed:
    """One summary a group, by the answer to another question; groups in that question's order.

    `rest`: of those who are in no group, or in one that may not be told.
    """

    groups: Mapping[str, Shares]
    rest: Shares = field(default_factory=lambda: Shares(0, {}))

    @property
    def base(self) -> int:
        return sum(group.base for group in self.groups.values())

    def counts(self, choice: str) -> dict[str, int]:
        """How many of each group made this choice."""
        return {code: group.counts[choice] for code, group in self.groups.items()}

    def __add__(self, other: Self) -> Self:
        none = Shares(0, {})
        keys = dict.fromkeys((*self.groups, *other.groups))
        groups = {k: self.groups.get(k, none) + other.groups.get(k, none) for k in keys}
        return type(self)(groups, self.rest + other.rest)


def _keys(*summaries: Shares | Ranks) -> Iterable[str]:
    """The choices of both, in order, doubles once."""
    return dict.fromkeys(choice for summary in summaries for choice in summary.counts)
