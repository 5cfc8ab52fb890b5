"""Summary -> French sentence: the editors' template where there is one, else the measure's own."""

import re
from collections.abc import Callable

from analysis import templates
from analysis.summaries import Distribution, InClasses, Quotes, Ranks, Shares
from analysis.templates import TIED_AT_MOST, NoFigure, by_first, by_mention, problems
from analysis.wording import (
    SEMICOLON,
    SMALL_BASE,
    Facts,
    Noun,
    Wording,
    capitalised,
    leading,
    share_of,
    with_unit,
)
from survey.french import NO_BREAK_SPACE, listed, number, quoted

__all__ = ["Facts", "Noun", "Wording", "problems", "sentence"]

NOTHING_YET = "Aucune réponse pour l’instant."
TOO_FEW_TO_TELL = "Les effectifs de ce groupe sont trop petits pour être montrés."
COLON = f"{NO_BREAK_SPACE}:"
MANY_MISSING = 1 / 3
FOLLOWING = 2

# Figures that are a share: « 3 sur 7 des structures » is not French, so they need a larger base.
_SHARE = re.compile(r"\{\s*(share|lead_share|fraction)\b")


def sentence(facts: Facts) -> str:
    """What a block's figures come to, in one or two sentences with their base."""
    if not facts.summary.base:
        return NOTHING_YET
    own = _OWN[type(facts.summary)]
    if _bears_template(facts):
        try:
            words = templates.fill(facts.wording.template, facts)
        except NoFigure:
            words = own(facts)
    else:
        words = own(facts)
    return capitalised(words) + _missing(facts)


def _bears_template(facts: Facts) -> bool:
    """One answer has its own sentence, and a small base no shares."""
    template, base = facts.wording.template, facts.summary.base
    if not template or base == 1:
        return False
    return base >= SMALL_BASE or not _SHARE.search(template)


def _missing(facts: Facts) -> str:
    """A clause where more than a third of those asked did not answer."""
    base = facts.base
    if base.missing <= base.asked * MANY_MISSING:
        return ""
    people = Noun("personne n’a pas répondu", "personnes n’ont pas répondu", feminine=True)
    words = people.agreed(base.missing).split(" ", 1)
    return f" {number(base.missing)} {words[0]} sur {number(base.asked)} {words[1]}."


def _shares(facts: Facts) -> str:
    shares, labels, subject = facts.summary, facts.wording.labels, facts.wording.subject
    order = leading(shares)
    if not order:
        return TOO_FEW_TO_TELL
    first = shares.counts[order[0]]
    if shares.base == 1:
        return f"Une seule réponse{COLON} {listed([quoted(labels[code]) for code in order])}."
    if first == shares.base and len(order) == 1:
        everybody = f"{subject.of(first)} sur {number(shares.base)}"
        return f"Réponse unanime, {everybody}{COLON} {quoted(labels[order[0]])}."
    if labels.keys() == {"oui", "non"}:
        return _yes_no(facts)
    tied = [code for code in order if shares.counts[code] == first]
    if len(tied) > 1:
        return _tie(facts, tied)
    lead = f"En tête{COLON} {quoted(labels[order[0]])}, {_of_subject(first, facts)}"
    return f"{lead}{_then(facts, order[1 : 1 + FOLLOWING])}."


def _yes_no(facts: Facts) -> str:
    """« Oui : 39 % des personnes (27 sur 69). »"""
    said = "non" if facts.summary.told("oui") is None else "oui"
    label, count = facts.wording.labels[said], facts.summary.counts[said]
    return f"{label}{COLON} {_of_subject(count, facts)}."


def _of_subject(count: int, facts: Facts) -> str:
    """« 57 % des structures (36 sur 63) », « 3 structures sur 7 »."""
    base, subject = facts.summary.base, facts.wording.subject
    if base < SMALL_BASE:
        return f"{subject.of(count)} sur {base}"
    return f"{share_of(count, base)} des {subject.many} ({number(count)} sur {number(base)})"


def _then(facts: Facts, codes: list[str]) -> str:
    if not codes:
        return ""
    shares, labels = facts.summary, facts.wording.labels
    followers = [f"{quoted(labels[c])} ({share_of(shares.counts[c], shares.base)})" for c in codes]
    return f"{SEMICOLON} puis {listed(followers)}"


def _tie(facts: Facts, tied: list[str]) -> str:
    shares, labels = facts.summary, facts.wording.labels
    each = _of_subject(shares.counts[tied[0]], facts)
    if len(tied) > TIED_AT_MOST:
        return f"Aucun choix ne se détache{COLON} {len(tied)} sont à égalité, avec {each} chacun."
    names = listed([quoted(labels[code]) for code in tied])
    return f"À égalité{COLON} {names}, {each} à chaque fois."


def _ranks(facts: Facts) -> str:
    ranks, labels, subject = facts.summary, facts.wording.labels, facts.wording.subject
    firsts, mentions = by_first(ranks), by_mention(ranks)
    if not firsts:
        return _most_mentioned(facts, mentions)
    if ranks.base == 1:
        return f"Une seule réponse{COLON} {quoted(labels[firsts[0]])} en premier."
    lead = firsts[0]
    tied = [code for code in firsts if ranks.first(code) == ranks.first(lead)]
    names = listed([quoted(labels[code]) for code in tied])
    place = "viennent le plus souvent" if len(tied) > 1 else "vient le plus souvent"
    count = f"{subject.of(ranks.first(lead))} sur {number(ranks.base)}"
    each = " à chaque fois" if len(tied) > 1 else _next_first(facts, firsts[1:])
    return f"{names} {place} en premier{COLON} {count}{each}. {_most_mentioned(facts, mentions)}"


def _next_first(facts: Facts, others: list[str]) -> str:
    """« , devant « A » (15) », « , devant « A » et « B » (15 chacun) »."""
    if not others:
        return ""
    count = facts.summary.first(others[0])
    tied = [code for code in others if facts.summary.first(code) == count]
    names = listed([quoted(facts.wording.labels[code]) for code in tied])
    return f", devant {names} ({number(count)}{' chacun' if len(tied) > 1 else ''})"


def _most_mentioned(facts: Facts, mentions: list[str]) -> str:
    ranks, labels, subject = facts.summary, facts.wording.labels, facts.wording.subject
    most = ranks.mentioned(mentions[0])
    tied = [quoted(labels[code]) for code in mentions if ranks.mentioned(code) == most]
    if len(tied) == len(labels) > 1:
        return f"Chacun est mentionné, à n’importe quel rang, par {subject.of(most)}."
    what = "Les plus mentionnés" if len(tied) > 1 else "Le plus mentionné"
    return f"{what}, à n’importe quel rang{COLON} {listed(tied)} ({subject.of(most)})."


def _distribution(facts: Facts) -> str:
    values = facts.summary
    if values.base == 1:
        return f"Une seule réponse{COLON} {_with_unit(values.median, facts)}."
    if len(values.values) == 1:
        same = f"{number(values.base)} réponses, toutes les mêmes"
        return f"{same}{COLON} {_with_unit(values.median, facts)}."
    return (
        f"Médiane{COLON} {_with_unit(values.median, facts)}{SEMICOLON} {_middle(facts)}. "
        f"Moyenne{COLON} {_with_unit(values.mean, facts)}, sur {number(values.base)} réponses."
    )


def _middle(facts: Facts) -> str:
    """Where half of the answers lie, which may be one value."""
    low, high = facts.summary.quantile(0.25), facts.summary.quantile(0.75)
    if low == high:
        return "la moitié des réponses au moins donnent cette valeur"
    return f"la moitié des réponses vont de {number(low, 1)} à {_with_unit(high, facts)}"


def _with_unit(value: float, facts: Facts) -> str:
    return with_unit(value, facts.wording.unit, facts.wording.unit_one)


def _quotes(facts: Facts) -> str:
    written, published = facts.summary.base, facts.summary.published
    received = Noun("texte reçu", "textes reçus").of(written)
    if not published:
        return f"{received}, aucun publié pour l’instant."
    if published == written:
        return f"{received}, {'publié' if written == 1 else 'tous publiés'}."
    return f"{received}, dont {Noun('publié', 'publiés').of(published)}."


_OWN: dict[type, Callable[[Facts], str]] = {
    Shares: _shares,
    Ranks: _ranks,
    Distribution: _distribution,
    InClasses: _distribution,
    Quotes: _quotes,
}
