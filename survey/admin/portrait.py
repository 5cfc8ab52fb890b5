"""Everything that one respondent answered, in words, section by section."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from survey import duplicates, events, publication, responses
from survey.admin.events import author_of
from survey.admin.likeness import likeness
from survey.admin.moderating import badge, badge_after, badge_before
from survey.models import Decision, Respondent, TextToRead
from survey.moderation import name_of
from survey.questionnaire import QuestionSpec, SectionSpec

Texts = list[tuple[TextToRead, SafeString]]


@dataclass(frozen=True)
class Line:
    """One question and what was answered; `texts` with the badges of their verdicts."""

    question: QuestionSpec
    words: str
    asked: bool
    texts: Texts


@dataclass(frozen=True)
class Part:
    title: str
    answered: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Entry:
    """One line of the log: when, who, about what, what was done, why."""

    at: datetime
    by: str
    about: str
    done: str | SafeString = ""
    reason: str = ""


def portrait(respondent: Respondent) -> dict[str, Any]:
    """What the page of a respondent shows."""
    structure = respondent.questionnaire.structure
    values = responses.answers_of(respondent)
    asked = responses.asked(structure, values)
    texts = _texts(respondent)
    parts = [_part(section, values, asked, texts) for section in structure.sections]
    return {
        "verdict_badge": badge(respondent.verdict),
        "parts": parts,
        "begun": sum(part.answered > 0 for part in parts),
        "waiting": TextToRead.objects.waiting().filter(respondent=respondent).count(),
        "likeness": likeness(duplicates.of(respondent)),
        "log": _log(respondent),
        "consents": [
            ("Participer", respondent.agreed_to_participate),
            *((label, getattr(respondent, name)) for name, label in events.CONSENTS.items()),
        ],
    }


def _log(respondent: Respondent) -> list[Entry]:
    """What was decided of this person, and what happened to their responses, the last first."""
    decided = respondent.decisions.select_related("question", "choice", "by")
    happened = events.of(respondent).select_related("by", "by_import")
    entries = [
        *map(_decision, decided),
        *(Entry(e.at, author_of(e), e.get_what_display(), e.detail) for e in happened),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _decision(decision: Decision) -> Entry:
    about = decision.question.title if decision.question else "toutes ses réponses"
    done = format_html("{} → {}", badge_before(decision), badge_after(decision))
    return Entry(decision.at, name_of(decision.by), about, done, decision.reason)


def _texts(respondent: Respondent) -> Mapping[str, Texts]:
    texts: dict[str, Texts] = {}
    rows = TextToRead.objects.filter(respondent=respondent).select_related(
        "question", "choice", "coded_as"
    )
    for text in rows.order_by("choice__position"):
        texts.setdefault(text.question.code, []).append((text, badge(text.verdict)))
    return texts


def _part(
    section: SectionSpec,
    values: Mapping[str, Any],
    asked: Iterable[str],
    texts: Mapping[str, Texts],
) -> Part:
    lines = tuple(
        Line(
            question=question,
            words=publication.words(question, values[question.code]),
            asked=question.code in asked,
            texts=texts.get(question.code, []),
        )
        for question in section.questions
    )
    return Part(section.title, sum(bool(line.words) for line in lines), lines)
