"""Summary -> French sentence: the editors' template where there is one, else the measure's own."""

from collections.abc import Callable
from dataclasses import replace

from analysis import answers, composing
from analysis.answers import TIED_AT_MOST, portion
from analysis.figures import by_mention
from analysis.summaries import Distribution, InClasses, Quotes, Ranks, Shares
from analysis.templates import problems
from analysis.wording import (
    SMALL_BASE,
    Facts,
    Noun,
    Wording,
    capitalised,
    in_words,
    with_unit,
)
from survey.french import NO_BREAK_SPACE, listed, number, quoted

__all__ = ["Facts", "Noun", "Wording", "problems", "sentence"]

NOTHING_YET = "Aucune réponse pour l’instant."
COLON = f"{NO_BREAK_SPACE}:"
MANY_MISSING = 1 / 3
ROUNDED_FROM = 10


def sentence(facts: Facts) -> str:
    """What a block's figures come to, in one or two sentences with their base."""
    if not facts.summary.base:
        return NOTHING_YET
    own = _OWN[type(facts.summary)]
    words = composing.compose(facts, own) if facts.wording.template else own(facts)
    return capitalised(words) + _missing(facts)


def _missing(facts: Facts) -> str:
    """A clause where more than a third of those asked did not answer."""
    base = facts.base
    if base.missing <= base.asked * MANY_MISSING:
        return ""
    people = facts.wording.people.among(base.missing, base.asked)
    return f" {capitalised(people)} {'n’a' if base.missing == 1 else 'n’ont'} pas répondu."


def _ranks(facts: Facts) -> str:
    """Who comes first, said as of any answer with one choice; then who is mentioned most."""
    ranks = facts.summary
    firsts = Shares(ranks.base, {item: ranks.first(item) for item in ranks.counts})
    of_firsts = replace(facts, summary=firsts, wording=replace(facts.wording, measure="ranking"))
    if ranks.base == 1:
        return answers.said(of_firsts)
    if not any(firsts.counts.values()):
        return _most_mentioned(facts)
    return f"{answers.said(of_firsts)} {_most_mentioned(facts)}"


def _most_mentioned(facts: Facts) -> str:
    ranks, labels, subject = facts.summary, facts.wording.labels, facts.wording.subject
    mentions = by_mention(ranks)
    most = ranks.mentioned(mentions[0])
    tied = [quoted(labels[code]) for code in mentions if ranks.mentioned(code) == most]
    by = f"par {' '.join(portion(most, facts))}".rstrip()
    if len(tied) == 1:
        return f"Tous rangs confondus, {tied[0]} est la réponse la plus citée, {by}."
    if len(tied) == len(labels) and most == ranks.base:
        each = "Chacune" if subject.feminine else "Chacun"
        return f"{each} des {in_words(most)} {subject.many} cite toutes les réponses."
    if len(tied) == len(labels):
        return f"Tous rangs confondus, les réponses sont citées aussi souvent, chacune {by}."
    if len(tied) > TIED_AT_MOST:
        many = f"{in_words(len(tied))} réponses sont citées le plus souvent"
        return f"Tous rangs confondus, {many}, chacune {by}."
    names = listed(tied)
    return f"Tous rangs confondus, {names} sont les réponses les plus citées, chacune {by}."


def _distribution(facts: Facts) -> str:
    values = facts.summary
    mean = f"La moyenne est de {_rounded(values.mean, facts)}, sur {number(values.base)} réponses."
    if values.median is None:
        return mean
    median = _with_unit(values.median, facts)
    if values.base == 1:
        return f"Une seule réponse{COLON} {median}."
    if len(values.values) == 1:
        return f"Les {in_words(values.base)} réponses sont identiques{COLON} {median}."
    if values.base < SMALL_BASE:
        return _few_values(facts, median)
    return f"La médiane est de {median}{_middle(facts)}. {mean}"


def _few_values(facts: Facts, median: str) -> str:
    """No quartiles of so few; of a group, not the ends either."""
    values = facts.summary
    if values.minimum is None or values.maximum is None:
        return f"La médiane est de {median}, sur {number(values.base)} réponses."
    ends = f"de {number(values.minimum, 1)} à {_with_unit(values.maximum, facts)}"
    return f"Les {in_words(values.base)} réponses vont {ends}. La médiane est de {median}."


def _middle(facts: Facts) -> str:
    """Where half of the answers lie, which may be one value; of a small group it is not told."""
    low, high = facts.summary.quantile(0.25), facts.summary.quantile(0.75)
    if low is None or high is None:
        return ""
    if low == high:
        return f"{COLON} c’est la réponse d’au moins la moitié des {facts.wording.subject.many}"
    # A unit of several words, « séances par mois », is long to hear three times.
    last = _figure(high) if " " in facts.wording.unit else _rounded(high, facts)
    ends = f"{_figure(low)} à {last}"
    return f", et la moitié des réponses vont de {ends}"


def _figure(value: float) -> str:
    """One decimal of small numbers, none of larger ones: « 4,5 », « 103 »."""
    return number(value, 0 if abs(value) >= ROUNDED_FROM else 1)


def _rounded(value: float, facts: Facts) -> str:
    unit, unit_one = facts.wording.unit, facts.wording.unit_one
    return f"{_figure(value)} {unit_one if abs(value) < 2 and unit_one else unit}".strip()


def _with_unit(value: float, facts: Facts) -> str:
    return with_unit(value, facts.wording.unit, facts.wording.unit_one)


def _quotes(facts: Facts) -> str:
    written, published = facts.summary.base, facts.summary.published
    if written == 1:
        return f"Un texte reçu, {'publié' if published else 'pas encore publié'}."
    received = f"{number(written)} textes reçus"
    if not published:
        return f"{received}, aucun publié pour l’instant."
    if published == written:
        return f"{received}, tous publiés."
    return f"{received}, dont {'un publié' if published == 1 else f'{number(published)} publiés'}."


_OWN: dict[type, Callable[[Facts], str]] = {
    Shares: answers.said,
    Ranks: _ranks,
    Distribution: _distribution,
    InClasses: _distribution,
    Quotes: _quotes,
}
