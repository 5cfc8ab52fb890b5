"""Answers by group -> a French sentence: which group differs most from the others, with bases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.summaries import Crossed, Shares
from analysis.uncertainty import may_be_chance
from analysis.wording import SMALL_BASE, Noun, rounded, share_of
from survey.french import NO_BREAK_SPACE, number, quoted

COLON = f"{NO_BREAK_SPACE}:"
NOBODY_YET = "Aucune réponse pour l’instant."
ALL_TOO_SMALL = "Aucun groupe ne compte assez de réponses pour être montré."
CHANCE = "Un tel écart peut tenir au seul hasard des réponses."
YES, NO = "oui", "non"


@dataclass(frozen=True)
class Groups:
    """Answers by group, all `answers` together, and how choices and groups are named.

    `about`: the choice to speak of, "" for the one that differs most.
    """

    crossed: Crossed
    answers: Shares
    labels: Mapping[str, str]
    titles: Mapping[str, str]
    nouns: Mapping[str, Noun]
    about: str = ""

    @property
    def choices(self) -> Iterable[str]:
        if self.about:
            return (self.about,)
        return (YES,) if self.labels.keys() == {YES, NO} else self.labels

    def among(self, group: str) -> str:
        """« parmi les associations », « dans le groupe « Femme » »."""
        noun = self.nouns.get(group)
        return f"parmi les {noun.many}" if noun else f"dans le groupe {quoted(self.titles[group])}"

    def all_from(self, group: str) -> str:
        """« des associations », « du groupe « Femme » »."""
        noun = self.nouns.get(group)
        return f"des {noun.many}" if noun else f"du groupe {quoted(self.titles[group])}"


@dataclass(frozen=True)
class _Contrast:
    """One answer in one group and outside it, each a count and a base."""

    group: str
    choice: str
    inside: tuple[int, int]
    outside: tuple[int, int]

    @property
    def difference(self) -> float:
        """Rounded, so that of two answers that are each other's rest the first is said."""
        (count, base), (others, others_base) = self.inside, self.outside
        return round(count / base - others / others_base, 9)


def sentence(groups: Groups) -> str:
    """What stands out, and whether it may be chance."""
    if not groups.answers.base:
        return NOBODY_YET
    told = groups.crossed.groups
    if not told:
        return ALL_TOO_SMALL
    contrasts = list(_contrasts(groups))
    if not contrasts:
        return f"Toutes les réponses viennent {groups.all_from(next(iter(told)))}."
    most = max(contrasts, key=lambda contrast: abs(contrast.difference))
    if groups.answers.counts[most.choice] == most.inside[0] and most.inside[0]:
        return _all_in_one(groups, most)
    return _apart(groups, most, len(contrasts))


def _contrasts(groups: Groups) -> Iterable[_Contrast]:
    everybody = groups.answers
    for choice in groups.choices:
        for code, group in groups.crossed.groups.items():
            if group.base < everybody.base:
                outside = everybody.counts[choice] - group.counts[choice]
                others = (outside, everybody.base - group.base)
                yield _Contrast(code, choice, (group.counts[choice], group.base), others)


def _all_in_one(groups: Groups, most: _Contrast) -> str:
    """« Les 8 réponses « Oui » viennent toutes des associations (8 sur 33). »"""
    count, base = most.inside
    label, origin = quoted(groups.labels[most.choice]), groups.all_from(most.group)
    counted = f"({number(count)} sur {number(base)})"
    if count == 1:
        return f"La seule réponse {label} vient {origin} {counted}."
    return f"Les {number(count)} réponses {label} viennent toutes {origin} {counted}."


def _apart(groups: Groups, most: _Contrast, compared: int) -> str:
    label = f"La réponse {quoted(groups.labels[most.choice])}"
    here = f"{groups.among(most.group)} ({_share(*most.inside)})"
    if rounded(most.inside[0] / most.inside[1]) == rounded(most.outside[0] / most.outside[1]):
        return f"{label} est aussi fréquente {here} que dans le reste des réponses."
    how = "plus" if most.difference > 0 else "moins"
    rest = f"dans le reste des réponses ({_share(*most.outside)})"
    words = f"{label} est {how} fréquente {here} que {rest}."
    chance = may_be_chance(most.inside, most.outside, compared)
    return f"{words} {CHANCE}" if chance else words


def _share(count: int, base: int) -> str:
    """« 23 %, soit 7 sur 31 », « 3 sur 7 », « aucune sur 20 »."""
    if not count:
        return f"aucune sur {number(base)}"
    if base < SMALL_BASE:
        return share_of(count, base)
    return f"{rounded(count / base)}, soit {number(count)} sur {number(base)}"
