"""A respondent of the demo: in the making, and as planned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from survey import conditions
from survey.kinds import kind_of
from survey.questionnaire import Structure

Verdict = str | tuple[str, str]


@dataclass(frozen=True)
class PlannedRespondent:
    """`consents`: participate, publish texts, name structure; `verdicts`: of texts, by question.

    A verdict is "approved", "rejected", or ("redacted", the public text); none is pending.
    """

    started_at: datetime
    completed_at: datetime | None
    consents: tuple[bool, bool, bool]
    answers: Mapping[str, Any]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


@dataclass(eq=False)
class Person:
    """A respondent in the making. `reached`: the questions they came to see, in their order.

    `last_section` is the number of the section in which they stopped. `first`, `second`: whom
    they rank there, by question. `thoroughness`: how likely they are to answer, 0 to 1.
    """

    structure: Mapping[str, Any] | None
    last_section: int
    complete: bool
    reached: tuple[str, ...]
    thoroughness: float
    publishes: bool
    names_structure: bool
    first: Mapping[str, str] = field(default_factory=dict)
    second: Mapping[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def is_asked(self, structure: Structure, code: str) -> bool:
        """Whether they came to this question and its condition holds."""
        return code in self.reached and code in asked(structure, self.answers)


def asked(structure: Structure, answers: Mapping[str, Any]) -> frozenset[str]:
    """Codes of the questions asked of whoever gave these answers."""
    parents = {q.condition.question for q in structure.questions.values() if q.condition}
    chosen = {code: _choices(structure, code, answers[code]) for code in parents & answers.keys()}
    return conditions.asked(structure, chosen)


def _choices(structure: Structure, code: str, value: Any) -> frozenset[str]:
    rows = kind_of(structure.questions[code]).rows(value)
    return frozenset(row.choice for row in rows if row.choice)
