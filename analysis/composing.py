"""The sentence of a block from its template, one sentence of it after the other.

Where nobody, one or all give the choice that a sentence is about, the choice's own phrase says it
better. Where a figure does not exist, its sentence is left out; the measure's own stands in for
one about what was answered.
"""

from collections.abc import Callable

from analysis import templates
from analysis.answers import of_none_one_or_all
from analysis.figures import OF_EVERYBODY, SHARES, SUMS
from analysis.summaries import Shares
from analysis.templates import NoFigure, asked_of
from analysis.wording import SMALL_BASE, Facts, capitalised

Own = Callable[[Facts], str]

_LEADS = frozenset({"lead", "lead_count", "lead_share"})
_ANSWERED = (
    _LEADS | SUMS | {name.replace("lead", of) for name in _LEADS for of in ("first", "mentioned")}
)


def compose(facts: Facts, own: Own) -> str:
    """The template's sentences; the measure's own where none of them has a figure."""
    template = facts.wording.template
    # One answer has its own sentence, but for templates that only count.
    if facts.summary.base == 1 and not asked_of(template) <= OF_EVERYBODY:
        return own(facts)
    parts = [(part, _said(part, facts, own)) for part in templates.sentences_of(template)]
    if asked_of(template) and not any(asked_of(part) and words for part, words in parts):
        return own(facts)
    told = dict.fromkeys(capitalised(sentence) for _, words in parts for sentence in words)
    return " ".join(told)


def _said(template: str, facts: Facts, own: Own) -> list[str]:
    asked = asked_of(template)
    if isinstance(facts.summary, Shares):
        words = _of_all(template, facts) or _of_none_or_one(template, facts)
        if words:
            return [words]
        if asked & _LEADS and _is_unanimous(facts):
            return [own(facts)]
    if _bears_shares(facts) or not asked & SHARES:
        try:
            return [templates.fill(template, facts)]
        except NoFigure:
            pass
    return [own(facts)] if asked & _ANSWERED else []


def _of_all(template: str, facts: Facts) -> str:
    base = facts.summary.base
    for choice in templates.choices_of(template):
        if templates.count_of(facts, choice) == base:
            words = of_none_one_or_all(facts, choice, base)
            if words:
                return f"{words}."
    return ""


def _of_none_or_one(template: str, facts: Facts) -> str:
    """In place of what stands outside of brackets. One keeps its figures where none is a share."""
    tells_shares = bool(asked_of(template) & SHARES)
    if tells_shares and not _bears_shares(facts):
        return ""
    main, optional = templates.apart(template)
    counts = {choice: templates.count_of(facts, choice) for choice in templates.choices_of(main)}
    for wanted in (1, 0) if tells_shares else (0,):
        for choice in (choice for choice, count in counts.items() if count == wanted):
            words = of_none_one_or_all(facts, choice, wanted)
            if words:
                return f"{words}{templates.fill(optional, facts)}."
    return ""


def _bears_shares(facts: Facts) -> bool:
    return facts.summary.base >= SMALL_BASE


def _is_unanimous(facts: Facts) -> bool:
    """Whether all gave one answer that has its own words."""
    return facts.summary.base in [templates.count_of(facts, code) for code in facts.wording.says]
