"""Answers as values and as rows: what is valid, what is stored, what is asked."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from survey import conditions
from survey.kinds import NOT_CONCERNED_ROW, Row, Shape, kind_of
from survey.models import Answer, Choice, Question, Questionnaire, Respondent
from survey.questionnaire import Structure

Values = Mapping[str, Any]


class InvalidAnswers(Exception):
    """Nothing was saved. `errors`: the messages, in French, of each wrong answer."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(errors)
        self.errors = errors


def answers_of(respondent: Respondent) -> dict[str, Any]:
    """Every question's value, None if empty; answers to what is no longer asked are kept too."""
    structure = respondent.questionnaire.structure
    rows = stored(respondent, structure.questions)
    return {
        code: kind_of(question).value([answer.row for answer in rows[code]])
        for code, question in structure.questions.items()
    }


def clean(structure: Structure, answers: Values) -> dict[str, Any]:
    """The canonical values of these answers; raise InvalidAnswers with every problem."""
    cleaned, errors = {}, {}
    for code, value in answers.items():
        question = structure.questions.get(code)
        if question is None:
            errors[code] = ["Cette question n’existe pas."]
            continue
        try:
            cleaned[code] = kind_of(question).clean(question, value)
        except ValidationError as error:
            errors[code] = error.messages
    if errors:
        raise InvalidAnswers(errors)
    return cleaned


def asked(structure: Structure, values: Values) -> frozenset[str]:
    """Codes of the questions asked of a person who gave these answers."""
    chosen = {
        code: {row.choice for row in kind_of(question).rows(values.get(code)) if row.choice}
        for code, question in structure.questions.items()
    }
    return conditions.asked(structure, chosen)


def digest(value: Any) -> str:
    """A short name of an answer, for whoever shows it to say which they have shown."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


class Places:
    """Where answers of a questionnaire are written: its questions, the keys of its choices."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.shapes = {c: kind_of(q).shape for c, q in questionnaire.structure.questions.items()}
        self.questions = {q.code: q for q in Question.objects.filter(questionnaire=questionnaire)}
        choices = Choice.objects.filter(question__questionnaire=questionnaire)
        self.choices = {
            (question, code): pk
            for pk, question, code in choices.values_list("pk", "question__code", "code")
        }


def answer_rows(
    respondent: Respondent, rows: Mapping[str, Iterable[Row]], places: Places
) -> list[Answer]:
    """The answers to store for these rows, by question."""
    return [
        Answer(
            respondent=respondent,
            question=places.questions[code],
            shape=Shape.NOT_CONCERNED if row == NOT_CONCERNED_ROW else places.shapes[code],
            choice_id=places.choices[code, row.choice] if row.choice else None,
            rank=row.rank,
            number=row.number,
            text=row.text,
        )
        for code, question_rows in rows.items()
        for row in question_rows
    ]


def stored(respondent: Respondent, codes: Iterable[str]) -> dict[str, list[Answer]]:
    """The rows of these questions, in the order of rank and choice."""
    found: dict[str, list[Answer]] = {code: [] for code in codes}
    answers = respondent.answers.filter(question__code__in=found)
    answers = answers.select_related("question", "choice").order_by("rank", "choice__position")
    for answer in answers:
        found[answer.question.code].append(answer)
    return found
