"""Everything that one respondent answered, in words, section by section."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from survey import publication, responses
from survey.admin.moderating import badge
from survey.models import Respondent, TextToRead
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


def portrait(respondent: Respondent) -> dict[str, Any]:
    """What the page of a respondent shows."""
    structure = respondent.questionnaire.structure
    values = responses.answers_of(respondent)
    asked = responses.asked(structure, values)
    texts = _texts(respondent)
    decisions = respondent.decisions.select_related("question", "by")
    return {
        "verdict_badge": badge(respondent.verdict),
        "parts": [_part(section, values, asked, texts) for section in structure.sections],
        "decisions": [(d, badge(d.previous), badge(d.verdict)) for d in decisions],
        "consents": [
            ("Participer", respondent.agreed_to_participate),
            ("Publier ses textes", respondent.agreed_to_publish),
            ("Nommer sa structure", respondent.agreed_to_name_structure),
        ],
    }


def _texts(respondent: Respondent) -> Mapping[str, Texts]:
    texts: dict[str, Texts] = {}
    rows = TextToRead.objects.filter(respondent=respondent).select_related("question", "choice")
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
