"""Answers that split between choices -> a French sentence: what was answered most, by how many.

« Plus de la moitié (57 %) des structures répondent « Association » (36 sur 63). »
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from analysis.summaries import Shares
from analysis.wording import (
    SMALL_BASE,
    Facts,
    Phrase,
    capitalised,
    fraction,
    in_words,
    leading,
    rounded,
)
from survey.french import NO_BREAK_SPACE, listed, number, quoted

TOO_FEW_TO_TELL = "Les effectifs de ce groupe sont trop petits pour être montrés."
COLON = f"{NO_BREAK_SPACE}:"
FOLLOWING, FOLLOWING_AT_MOST = 2, 4
TIED_AT_MOST = 3
MARGINAL = 0.045


@dataclass(frozen=True)
class _Verb:
    """« répond », « répondent », « données (chacune) »; `after`: what follows the answer.

    `following`: how many answers are named after the first.
    """

    one: str
    many: str
    given: str
    after: str = ""
    following: int = FOLLOWING


_ANSWERS = _Verb("répond", "répondent", "données")
_VERBS = {
    "multiple": _Verb("cite", "citent", "citées"),
    "ranking": _Verb("place", "placent", "placées", " en premier", following=1),
}


def said(facts: Facts) -> str:
    shares, labels = facts.summary, facts.wording.labels
    order = leading(shares)
    if not order:
        return TOO_FEW_TO_TELL
    if shares.base == 1:
        named = listed([quoted(labels[code]) for code in order])
        return f"Une seule réponse{COLON} {named}{_verb(facts).after}."
    if labels.keys() == {"oui", "non"}:
        return _yes_no(facts)
    tied = _tied(shares, order)
    if len(tied) > 1:
        return _tie(facts, tied)
    return f"{capitalised(_who(facts, order[0]))}.{_following(facts, order)}"


def is_sure(facts: Facts) -> bool:
    """Whether what leads is known: no count that may not be told could be larger."""
    shares = facts.summary
    if all(shares.told(code) is not None for code in shares.counts):
        return True
    one_each = facts.wording.measure != "multiple"
    return one_each and sum(shares.counts.values()) == shares.base


def portion(count: int, facts: Facts) -> tuple[str, str]:
    """« un tiers (33 %) des structures » and, after the verb, « (21 sur 63) »; or all in one."""
    base, subject = facts.summary.base, facts.wording.subject
    if count == base:
        return _everybody(facts), f"({number(count)} sur {number(base)})" if base > 2 else ""
    if base < SMALL_BASE or count == 1:
        return subject.among(count, base), ""
    share = fraction(count / base)
    return f"{share} des {subject.many}", f"({number(count)} sur {number(base)})"


def _everybody(facts: Facts) -> str:
    subject = facts.wording.subject
    if facts.summary.base == 2:
        return f"les deux {subject.many}"
    return f"{'toutes' if subject.feminine else 'tous'} les {subject.many}"


def _verb(facts: Facts) -> _Verb:
    return _VERBS.get(facts.wording.measure, _ANSWERS)


def _who(facts: Facts, choice: str) -> str:
    """« 38 % des structures répondent « Mairie » (24 sur 63) »."""
    phrase = facts.wording.says.get(choice) or _phrase(facts, choice)
    return _do(facts, phrase, facts.summary.counts[choice])


def _do(facts: Facts, phrase: Phrase, count: int) -> str:
    if count == facts.summary.base and phrase.all:
        return _nobody(facts, phrase.all)
    people, counted = portion(count, facts)
    return f"{people} {phrase.one if count == 1 else phrase.many} {counted}".rstrip()


def _nobody(facts: Facts, does: str) -> str:
    """« aucune des 12 structures n’intervient à domicile »."""
    subject = facts.wording.subject
    none = "aucune" if subject.feminine else "aucun"
    return f"{none} des {in_words(facts.summary.base)} {subject.many} {does}"


def of_none_one_or_all(facts: Facts, choice: str, count: int) -> str:
    """How it is said that nobody, one or all give a choice that has a phrase; else ""."""
    phrase = facts.wording.says.get(choice)
    if phrase and count in (1, facts.summary.base):
        return _do(facts, phrase, count)
    if phrase and phrase.none and count == 0:
        return _nobody(facts, phrase.none)
    return ""


def _phrase(facts: Facts, choice: str) -> Phrase:
    verb, label = _verb(facts), facts.wording.labels[choice]
    answer = label.lower() if label in ("Oui", "Non") else quoted(label)
    return Phrase(f"{verb.one} {answer}{verb.after}", f"{verb.many} {answer}{verb.after}")


def _yes_no(facts: Facts) -> str:
    """By its yes, unless only its no can be told."""
    shares, yes = facts.summary, facts.wording.says.get("oui")
    if shares.counts["non"] == shares.base and yes and yes.none:
        return f"{capitalised(_nobody(facts, yes.none))}."
    return f"{capitalised(_who(facts, 'oui' if shares.counts['oui'] else 'non'))}."


def _tie(facts: Facts, tied: Sequence[str]) -> str:
    verb, labels = _verb(facts), facts.wording.labels
    by = " ".join(portion(facts.summary.counts[tied[0]], facts)).rstrip()
    each = f"{verb.given} chacune{verb.after} par {by}"
    many = in_words(len(tied))
    if len(tied) > TIED_AT_MOST and is_sure(facts):
        return f"Aucune réponse ne se détache{COLON} {many} sont à égalité, {each}."
    many = f"{capitalised(many)} réponses"
    if len(tied) > TIED_AT_MOST:
        return f"{many} sont à égalité, {each}."
    names = listed([quoted(labels[code]) for code in tied])
    are = "arrivent en tête à égalité" if is_sure(facts) else "sont à égalité"
    return f"{many} {are}{COLON} {names}, {each}."


def _following(facts: Facts, order: Sequence[str]) -> str:
    """« Viennent ensuite « B » (63 %) et « C » (20 %). »; answers at a tie stay together.

    In their own words where each has some; nothing where one other answer alone could be given.
    """
    shares, wording = facts.summary, facts.wording
    if wording.measure in ("nominal", "ordinal") and len(wording.labels) == 2:
        return ""
    codes = [code for code in order[1:] if shares.counts[code] >= shares.base * MARGINAL]
    if not codes:
        return ""
    told = _whole_ties(shares, codes, _verb(facts).following)
    if not told:
        tied = len(_tied(shares, codes))
        share = _short(shares, codes[0])
        return f" Viennent ensuite {in_words(tied)} réponses à égalité ({share} chacune)."
    if wording.measure != "ranking" and {order[0], *told} <= wording.says.keys():
        return f" {capitalised(listed([_part(facts, code) for code in told]))}."
    verb = "Vient ensuite" if len(told) == 1 else "Viennent ensuite"
    return f" {verb if is_sure(facts) else 'On relève aussi'} {_named(facts, told)}."


def _part(facts: Facts, choice: str) -> str:
    """« 35 % sont en CDD »; of a small base « 2 sont en CDD », « une est en CDD »."""
    count, phrase = facts.summary.counts[choice], facts.wording.says[choice]
    if facts.summary.base < SMALL_BASE and count == 1:
        return f"{facts.wording.subject.alone} {phrase.one}"
    return f"{_short(facts.summary, choice)} {phrase.then or phrase.many}"


def _named(facts: Facts, codes: Sequence[str]) -> str:
    shares, labels = facts.summary, facts.wording.labels
    if len(codes) > 1 and len(_tied(shares, codes)) == len(codes):
        names = listed([quoted(labels[code]) for code in codes])
        return f"{names} ({_short(shares, codes[0])} chacune)"
    return listed([f"{quoted(labels[code])} ({_short(shares, code)})" for code in codes])


def _short(shares: Shares, choice: str) -> str:
    """« 35 % »; the count alone where the base, said before, is small."""
    count = shares.counts[choice]
    return number(count) if shares.base < SMALL_BASE else rounded(count / shares.base)


def _whole_ties(shares: Shares, codes: Sequence[str], wanted: int) -> Sequence[str]:
    """As many as wanted, no tie cut in its middle; [] if that would make a long list."""
    told: list[str] = []
    rest = list(codes)
    while rest and len(told) < wanted:
        tied = _tied(shares, rest)
        if len(told) + len(tied) > FOLLOWING_AT_MOST:
            break
        told, rest = [*told, *tied], rest[len(tied) :]
    return told


def _tied(shares: Shares, order: Sequence[str]) -> list[str]:
    """Those that are level with the first."""
    return list(takewhile(lambda code: shares.counts[code] == shares.counts[order[0]], order))
