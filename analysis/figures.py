"""The figures that sentences and commentary may name: of which measures, how each is found."""

from collections.abc import Callable, Mapping, Sequence

from analysis import group_figures
from analysis.answers import is_sure
from analysis.summaries import Distribution, Quotes, Ranks, Shares
from analysis.wording import Facts, fraction, leading, share_of
from survey.french import number, quoted

Figure = str | int | None


def together(of: str) -> list[str]:
    return [code.strip() for code in of.split("+")]


def _shares(facts: Facts) -> Shares:
    assert isinstance(facts.summary, Shares)
    return facts.summary


def _ranks(facts: Facts) -> Ranks:
    assert isinstance(facts.summary, Ranks)
    return facts.summary


def count_of(facts: Facts, choice: str) -> int | None:
    """Of one choice or of several together; None if one of them may not be told."""
    counts = [_shares(facts).told(code) for code in together(choice)]
    return None if None in counts else sum(counts)


def _share(facts: Facts, choice: str) -> Figure:
    count, base = count_of(facts, choice), facts.summary.base
    return share_of(count, base) if base and count is not None else None


def _fraction(facts: Facts, choice: str) -> Figure:
    count, base = count_of(facts, choice), facts.summary.base
    return fraction(count / base) if base and count is not None else None


def _is_tied(shares: Shares) -> bool:
    counts = sorted(shares.counts.values(), reverse=True)
    return len(counts) > 1 and counts[0] == counts[1]


def _lead(facts: Facts, place: str) -> Figure:
    """None where two lead, or one unknown may: the measure's own sentence knows how to say it."""
    shares = _shares(facts)
    if _is_tied(shares) or not is_sure(facts):
        return None
    return _nth(leading(shares), place, lambda code: quoted(facts.wording.labels[code]))


def _lead_share(facts: Facts, place: str) -> Figure:
    shares = _shares(facts)
    return _nth(leading(shares), place, lambda c: share_of(shares.counts[c], shares.base))


def _lead_count(facts: Facts, place: str) -> Figure:
    shares = _shares(facts)
    return _nth(leading(shares), place, lambda code: shares.counts[code])


def by_first(ranks: Ranks) -> list[str]:
    """Items somebody put first, the most often first."""
    return leading(Shares(ranks.base, {item: ranks.first(item) for item in ranks.counts}))


def by_mention(ranks: Ranks) -> list[str]:
    """Items somebody gave a rank, the most mentioned first."""
    return leading(Shares(ranks.base, {item: ranks.mentioned(item) for item in ranks.counts}))


def _first(facts: Facts, place: str) -> Figure:
    return _nth(by_first(_ranks(facts)), place, lambda code: quoted(facts.wording.labels[code]))


def _first_count(facts: Facts, place: str) -> Figure:
    return _nth(by_first(_ranks(facts)), place, _ranks(facts).first)


def _first_share(facts: Facts, place: str) -> Figure:
    ranks = _ranks(facts)
    return _nth(by_first(ranks), place, lambda code: share_of(ranks.first(code), ranks.base))


def _mentioned(facts: Facts, place: str) -> Figure:
    return _nth(by_mention(_ranks(facts)), place, lambda code: quoted(facts.wording.labels[code]))


def _mentioned_count(facts: Facts, place: str) -> Figure:
    return _nth(by_mention(_ranks(facts)), place, _ranks(facts).mentioned)


def _mentioned_share(facts: Facts, place: str) -> Figure:
    ranks = _ranks(facts)
    return _nth(by_mention(ranks), place, lambda c: share_of(ranks.mentioned(c), ranks.base))


def _mean_rank(facts: Facts, item: str) -> Figure:
    mean = _ranks(facts).mean_rank(item)
    return None if mean is None else number(mean, 1)


def _group(facts: Facts, place: str) -> Figure:
    """None where two lead, as for choices."""
    if facts.grouped is None or _is_tied(facts.grouped):
        return None
    return _nth(leading(facts.grouped), place, str)


def _group_count(facts: Facts, place: str) -> Figure:
    grouped = facts.grouped
    return _nth(leading(grouped), place, grouped.counts.__getitem__) if grouped else None


def _statistic(name: str) -> Callable[[Facts, str], Figure]:
    def figure(facts: Facts, _: str) -> Figure:
        assert isinstance(facts.summary, Distribution)
        quantiles = {"q1": 0.25, "median": 0.5, "q3": 0.75}
        summary = facts.summary
        value = summary.quantile(quantiles[name]) if name in quantiles else getattr(summary, name)
        return None if value is None else number(value, 1)

    return figure


def _published(facts: Facts, _: str) -> Figure:
    assert isinstance(facts.summary, Quotes)
    return facts.summary.published


def _nth(codes: Sequence[str], place: str, figure: Callable[[str], Figure]) -> Figure:
    position = int(place or 1) - 1
    return figure(codes[position]) if position < len(codes) else None


CLOSED = frozenset({"nominal", "ordinal", "multiple"})
ONE_CHOICE = frozenset({"nominal", "ordinal"})
ALL = CLOSED | {"ranking", "numeric", "text"}
RANKED = frozenset({"ranking"})
OF_ALL = frozenset({"participation"})
OF_PLACE = frozenset(
    f"{name}{what}" for name in ("lead", "group", "first", "mentioned") for what in ("", "_count")
) | {"lead_share", "first_share", "mentioned_share"}
COUNTS = frozenset(name for name in OF_PLACE if name.endswith("_count")) | {
    "base",
    "asked",
    "total",
    "missing",
    "complete",
    "partial",
    "count",
    "published",
    "mentions",
}
OF_GROUPS = frozenset({"group", "group_count", "places"})
SUMS = frozenset({"share", "count", "fraction"})
# Figures that are a share: « 3 sur 7 des structures » is not French, so they need a larger base.
SHARES = frozenset({"share", "fraction", "lead_share", "first_share", "mentioned_share"})
OF_EVERYBODY = frozenset({"base", "asked", "total", "missing", "published"})
OF_CHOICE = SUMS | {"label", "groups", "by", "mentions", "mean_rank"}

FIGURES: Mapping[str, tuple[frozenset[str], Callable[[Facts, str], Figure]]] = {
    "base": (ALL, lambda facts, _: facts.base.answered),
    "asked": (ALL, lambda facts, _: None if facts.is_protected else facts.base.asked),
    "total": (ALL | OF_ALL, lambda facts, _: None if facts.is_protected else facts.base.total),
    "complete": (OF_ALL, lambda facts, _: facts.summary.complete),
    "partial": (OF_ALL, lambda facts, _: facts.summary.partial),
    "missing": (ALL, lambda facts, _: None if facts.is_protected else facts.base.missing),
    "share": (CLOSED, _share),
    "count": (CLOSED, count_of),
    "fraction": (CLOSED, _fraction),
    "label": (CLOSED, lambda facts, choice: quoted(facts.wording.labels[choice])),
    "lead": (CLOSED, _lead),
    "lead_share": (CLOSED, _lead_share),
    "lead_count": (CLOSED, _lead_count),
    "groups": (ONE_CHOICE, group_figures.groups),
    "by": (ONE_CHOICE, group_figures.by),
    "group": (ONE_CHOICE, _group),
    "group_count": (ONE_CHOICE, _group_count),
    "places": (ONE_CHOICE, group_figures.places),
    "first": (RANKED, _first),
    "first_count": (RANKED, _first_count),
    "first_share": (RANKED, _first_share),
    "mentioned": (RANKED, _mentioned),
    "mentioned_count": (RANKED, _mentioned_count),
    "mentioned_share": (RANKED, _mentioned_share),
    "mentions": (RANKED, lambda facts, item: _ranks(facts).mentioned(item)),
    "mean_rank": (RANKED, _mean_rank),
    **{
        name: (frozenset({"numeric"}), _statistic(name))
        for name in ("minimum", "q1", "median", "mean", "q3", "maximum")
    },
    "published": (frozenset({"text"}), _published),
}
