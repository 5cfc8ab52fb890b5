"""Summary -> French sentence: the editors' template where there is one, else the measure's own."""

from collections.abc import Callable

from analysis import templates
from analysis.summaries import Distribution, Quotes, Ranks, Shares
from analysis.templates import NoFigure, by_first, by_mention, problems
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

__all__ = ["Facts", "Noun", "Wording", "participation", "problems", "sentence"]

NOTHING_YET = "Aucune réponse pour l’instant."
COLON = f"{NO_BREAK_SPACE}:"
MANY_MISSING = 1 / 3
FOLLOWING = 2


def sentence(facts: Facts) -> str:
    """What a block's figures come to, in one or two sentences with their base."""
    if not facts.summary.base:
        return NOTHING_YET
    own = _OWN[type(facts.summary)]
    if facts.wording.template and facts.summary.base > 1:
        try:
            words = templates.fill(facts.wording.template, facts)
        except NoFigure:
            words = own(facts)
    else:
        words = own(facts)
    return capitalised(words) + _missing(facts)


def participation(total: int, complete: int) -> str:
    """« 95 réponses : 64 complètes et 31 partielles. »"""
    partial = total - complete
    if not total:
        return NOTHING_YET
    if total == 1:
        return f"Une réponse, {'complète' if complete else 'partielle'}."
    if not partial or not complete:
        return f"{number(total)} réponses, toutes {'complètes' if complete else 'partielles'}."
    forms = Noun("complète", "complètes"), Noun("partielle", "partielles")
    return f"{number(total)} réponses{COLON} {forms[0].of(complete)} et {forms[1].of(partial)}."


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
    first = shares.counts[order[0]]
    if shares.base == 1:
        return f"Une seule réponse{COLON} {listed([quoted(labels[code]) for code in order])}."
    if first == shares.base and len(order) == 1:
        everybody = f"{subject.of(first)} sur {shares.base}"
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
    labels, yes = facts.wording.labels, facts.summary.counts["oui"]
    return f"{labels['oui']}{COLON} {_of_subject(yes, facts)}."


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
    names = listed([quoted(labels[code]) for code in tied])
    each = _of_subject(shares.counts[tied[0]], facts)
    return f"À égalité{COLON} {names}, {each} à chaque fois."


def _ranks(facts: Facts) -> str:
    ranks, labels, subject = facts.summary, facts.wording.labels, facts.wording.subject
    firsts, mentions = by_first(ranks), by_mention(ranks)
    if ranks.base == 1:
        return f"Une seule réponse{COLON} {quoted(labels[firsts[0]])} en premier."
    lead = firsts[0]
    tied = [code for code in firsts if ranks.first(code) == ranks.first(lead)]
    names = listed([quoted(labels[code]) for code in tied])
    place = "viennent le plus souvent" if len(tied) > 1 else "vient le plus souvent"
    count = f"{subject.of(ranks.first(lead))} sur {number(ranks.base)}"
    each = " à chaque fois" if len(tied) > 1 else _next_first(facts, firsts)
    return f"{names} {place} en premier{COLON} {count}{each}. {_most_mentioned(facts, mentions)}"


def _next_first(facts: Facts, firsts: list[str]) -> str:
    if len(firsts) < 2:
        return ""
    second = firsts[1]
    label = quoted(facts.wording.labels[second])
    return f", devant {label} ({number(facts.summary.first(second))})"


def _most_mentioned(facts: Facts, mentions: list[str]) -> str:
    ranks, labels, subject = facts.summary, facts.wording.labels, facts.wording.subject
    most = ranks.mentioned(mentions[0])
    tied = [quoted(labels[code]) for code in mentions if ranks.mentioned(code) == most]
    what = "Les plus mentionnés" if len(tied) > 1 else "Le plus mentionné"
    return f"{what}, à n’importe quel rang{COLON} {listed(tied)} ({subject.of(most)})."


def _distribution(facts: Facts) -> str:
    values = facts.summary
    if values.base == 1:
        return f"Une seule réponse{COLON} {_with_unit(values.minimum, facts)}."
    if values.minimum == values.maximum:
        same = f"{number(values.base)} réponses, toutes les mêmes"
        return f"{same}{COLON} {_with_unit(values.minimum, facts)}."
    low, high = number(values.quantile(0.25), 1), _with_unit(values.quantile(0.75), facts)
    return (
        f"Médiane{COLON} {_with_unit(values.median, facts)}{SEMICOLON} la moitié des réponses "
        f"vont de {low} à {high}. Moyenne{COLON} {_with_unit(values.mean, facts)}, "
        f"sur {number(values.base)} réponses."
    )


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
    Quotes: _quotes,
}
