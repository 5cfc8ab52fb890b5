"""Editors' own sentences: « {share oui} des structures se considèrent comme un tiers-lieu. »

A figure stands between braces: its name, then what it is of. Two forms after colons agree with a
count: `{count aucune : structure ne propose : structures ne proposent}`.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from analysis.summaries import Distribution, Quotes, Ranks, Shares
from analysis.wording import Facts, Noun, fraction, leading, share_of
from survey.french import listed, number, quoted

_FIELD = re.compile(r"\{([^{}]*)\}")
TIED_AT_MOST = 3

Figure = str | int | None


class NoFigure(Exception):
    """A figure that these answers do not have: the share of nobody, the third of two."""


def fill(template: str, facts: Facts) -> str:
    """The template with its figures; raise NoFigure where one does not exist yet."""
    return _FIELD.sub(lambda match: _field(match[1], facts), template)


def problems(template: str, measure: str, choices: Sequence[str]) -> list[str]:
    """What the template asks for that a block of this measure does not have."""
    found = []
    if set("{}") & set(_FIELD.sub("", template)):
        found.append("has a brace without its other; write {figure}")
    for body in _FIELD.findall(template):
        name, of, forms = _parts(body)
        if name not in FIGURES or measure not in FIGURES[name][0]:
            known = ", ".join(
                sorted(n for n, (of_measures, _) in FIGURES.items() if measure in of_measures)
            )
            found.append(f'asks for "{name}", which is none of {known}')
        elif name in OF_CHOICE and of not in choices:
            found.append(f'asks for {name} of "{of}", which is not a choice')
        elif name in OF_PLACE and not (of == "" or (of.isdecimal() and int(of) > 0)):
            found.append(f'asks for {name} "{of}"; write a place: 1, 2, 3 …')
        if forms and name not in COUNTS:
            found.append(f"gives forms to {name}, which is not a count")
        if len(forms) not in (0, 2):
            found.append(f'gives {len(forms)} forms in "{body}"; write one : several')
    return found


def asked_of(template: str) -> set[str]:
    """The names of the figures that the template asks for."""
    return {_parts(body)[0] for body in _FIELD.findall(template)}


def _field(body: str, facts: Facts) -> str:
    name, of, forms = _parts(body)
    figure = FIGURES[name][1](facts, of)
    if figure is None:
        raise NoFigure(body)
    if not forms:
        return number(figure) if isinstance(figure, int) else figure
    return f"{number(figure)} {forms[0] if figure < 2 else forms[1]}"


def _parts(body: str) -> tuple[str, str, list[str]]:
    expression, *forms = (part.strip() for part in body.split(":"))
    name, _, of = expression.partition(" ")
    return name, of.strip(), forms


def _shares(facts: Facts) -> Shares:
    assert isinstance(facts.summary, Shares)
    return facts.summary


def _ranks(facts: Facts) -> Ranks:
    assert isinstance(facts.summary, Ranks)
    return facts.summary


def _share(facts: Facts, choice: str) -> Figure:
    shares = _shares(facts)
    count = shares.told(choice)
    return share_of(count, shares.base) if shares.base and count is not None else None


def _fraction(facts: Facts, choice: str) -> Figure:
    share = _shares(facts).share(choice)
    return None if share is None else fraction(share)


def _is_tied(shares: Shares) -> bool:
    counts = sorted(shares.counts.values(), reverse=True)
    return len(counts) > 1 and counts[0] == counts[1]


def _lead(facts: Facts, place: str) -> Figure:
    """None where two lead: the measure's own sentence knows how to say it."""
    shares = _shares(facts)
    if _is_tied(shares):
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


def _mentioned(facts: Facts, place: str) -> Figure:
    return _nth(by_mention(_ranks(facts)), place, lambda code: quoted(facts.wording.labels[code]))


def _mentioned_count(facts: Facts, place: str) -> Figure:
    return _nth(by_mention(_ranks(facts)), place, _ranks(facts).mentioned)


def _group(facts: Facts, place: str) -> Figure:
    """None where two lead, as for choices."""
    if facts.grouped is None or _is_tied(facts.grouped):
        return None
    return _nth(leading(facts.grouped), place, str)


def _group_count(facts: Facts, place: str) -> Figure:
    grouped = facts.grouped
    return _nth(leading(grouped), place, grouped.counts.__getitem__) if grouped else None


def _places(facts: Facts, _: str) -> Figure:
    """« dont 54 en Bretagne », « toutes en Corse », « le plus souvent à Mayotte (9) ».

    None where too many lead to be named.
    """
    order = leading(facts.grouped) if facts.grouped else []
    if not order:
        return None
    counts, base = facts.grouped.counts, facts.grouped.base
    most = counts[order[0]]
    tied = [label for label in order if counts[label] == most]
    within = listed([facts.wording.within[label] for label in tied])
    if most == base:
        everybody = "toutes" if facts.wording.subject.feminine else "tous"
        return f"{everybody} {'deux ' if base == 2 else ''}{within}"
    if most > base / 2:
        return f"dont {number(most)} {within}"
    if len(tied) == 1:
        return f"le plus souvent {within} ({number(most)})"
    if len(tied) > TIED_AT_MOST:
        return None
    shared = "à parts égales" if most * len(tied) == base else "le plus souvent"
    return f"{shared} {within} ({number(most)} à chaque fois)"


def _groups(facts: Facts, choice: str) -> Figure:
    """« toutes des associations », « une association », « dont 6 associations et 2 mairies »."""
    if facts.crossed is None:
        return None
    made = {code: n for code, n in facts.crossed.counts(choice).items() if n}
    count = _shares(facts).counts[choice]
    if len(made) == 1 and sum(made.values()) == count:
        return _all_of(facts.wording.groups[next(iter(made))], count, facts.wording.subject)
    return f"dont {_listed_groups(facts, choice)}" if made else None


def _all_of(group: Noun, count: int, subject: Noun) -> str:
    if count == 1:
        return f"{'une' if group.feminine else 'un'} {group.one}"
    return f"{'toutes' if subject.feminine else 'tous'} des {group.many}"


def _by(facts: Facts, choice: str) -> Figure:
    """« 6 associations et 2 collectivités »."""
    if facts.crossed is None:
        return None
    return _listed_groups(facts, choice) or None


def _listed_groups(facts: Facts, choice: str) -> str:
    counts = {code: n for code, n in facts.crossed.counts(choice).items() if n}
    order = sorted(counts.items(), key=lambda item: -item[1])
    return listed([facts.wording.groups[code].of(n) for code, n in order])


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
OF_PLACE = frozenset(
    f"{name}{what}" for name in ("lead", "group", "first", "mentioned") for what in ("", "_count")
) | {"lead_share"}
COUNTS = frozenset(name for name in OF_PLACE if name.endswith("_count")) | {
    "base",
    "asked",
    "total",
    "missing",
    "count",
    "published",
}
OF_GROUPS = frozenset({"group", "group_count", "places"})
OF_CHOICE = frozenset({"share", "count", "fraction", "label", "groups", "by"})

FIGURES: Mapping[str, tuple[frozenset[str], Callable[[Facts, str], Figure]]] = {
    "base": (ALL, lambda facts, _: facts.base.answered),
    "asked": (ALL, lambda facts, _: None if facts.is_protected else facts.base.asked),
    "total": (ALL, lambda facts, _: None if facts.is_protected else facts.base.total),
    "missing": (ALL, lambda facts, _: None if facts.is_protected else facts.base.missing),
    "share": (CLOSED, _share),
    "count": (CLOSED, lambda facts, choice: _shares(facts).told(choice)),
    "fraction": (CLOSED, _fraction),
    "label": (CLOSED, lambda facts, choice: quoted(facts.wording.labels[choice])),
    "lead": (CLOSED, _lead),
    "lead_share": (CLOSED, _lead_share),
    "lead_count": (CLOSED, _lead_count),
    "groups": (ONE_CHOICE, _groups),
    "by": (ONE_CHOICE, _by),
    "group": (ONE_CHOICE, _group),
    "group_count": (ONE_CHOICE, _group_count),
    "places": (ONE_CHOICE, _places),
    "first": (frozenset({"ranking"}), _first),
    "first_count": (frozenset({"ranking"}), _first_count),
    "mentioned": (frozenset({"ranking"}), _mentioned),
    "mentioned_count": (frozenset({"ranking"}), _mentioned_count),
    **{
        name: (frozenset({"numeric"}), _statistic(name))
        for name in ("minimum", "q1", "median", "mean", "q3", "maximum")
    },
    "published": (frozenset({"text"}), _published),
}
