"""Figures of templates that name groups: choices put together, and answers by another question."""

from collections.abc import Mapping

from analysis.answers import TIED_AT_MOST
from analysis.wording import Facts, Noun, leading
from survey.french import listed, number


def places(facts: Facts, _: str) -> str | None:
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


def groups(facts: Facts, choice: str) -> str | None:
    """« toutes des associations », « une association », « dont 6 associations et 2 mairies ».

    Of the groups that are large enough to be told, as `by`; None if one has no noun.
    """
    made = _made(facts, choice)
    count = facts.summary.counts[choice]
    if len(made) == 1 and sum(made.values()) == count:
        return _all_of(facts.wording.groups[next(iter(made))], count, facts.wording.subject)
    return f"dont {_listed(facts, made)}" if made else None


def _all_of(group: Noun, count: int, subject: Noun) -> str:
    if count == 1:
        return f"{'une' if group.feminine else 'un'} {group.one}"
    return f"{'toutes' if subject.feminine else 'tous'} des {group.many}"


def by(facts: Facts, choice: str) -> str | None:
    """« 6 associations et 2 collectivités »."""
    return _listed(facts, _made(facts, choice)) or None


def _made(facts: Facts, choice: str) -> dict[str, int]:
    """How many of each group made this choice; nothing where a group could not be named."""
    counts = facts.crossed.counts(choice) if facts.crossed else {}
    made = {code: count for code, count in counts.items() if count}
    return made if made.keys() <= facts.wording.groups.keys() else {}


def _listed(facts: Facts, made: Mapping[str, int]) -> str:
    order = sorted(made.items(), key=lambda item: -item[1])
    return listed([facts.wording.groups[code].of(n) for code, n in order])
