"""Answers as values and as rows: what is valid, what is stored, what is asked."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from survey import coding, conditions, events
from survey.events import THE_PERSON, Doer
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
        self._codes = {pk: code for (_, code), pk in self.choices.items()}

    def code(self, choice: int | None) -> str | None:
        """The code of the choice that has this primary key."""
        return self._codes.get(choice) if choice else None


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
    [found] = stored_each([respondent], codes).values()
    return found


def stored_each(
    people: Iterable[Respondent], codes: Iterable[str]
) -> dict[int, dict[str, list[Answer]]]:
    """The rows of these questions, by respondent's primary key."""
    questions = list(codes)
    found = {person.pk: {code: [] for code in questions} for person in people}
    answers = Answer.objects.filter(respondent__in=list(found), question__code__in=questions)
    answers = answers.select_related("question", "choice", "coded_as").order_by(
        "rank", "choice__position"
    )
    for answer in answers:
        found[answer.respondent_id][answer.question.code].append(answer)
    return found


def write(changes: Mapping[Respondent, Values], doer: Doer = THE_PERSON) -> None:
    """Store these canonical answers in place of each person's earlier ones.

    The log tells of decided texts that this replaces, of codes that are true no longer, and whose
    `doer` it is. All are of one
    questionnaire; call it within `publication.recording`.
    """
    changed = {person: values for person, values in changes.items() if values}
    if not changed:
        return
    for person, values in changed.items():
        person.version += 1
        person.updated_at = timezone.now()
        person.answer_versions |= dict.fromkeys(values, person.version)
    Respondent.objects.bulk_update(changed, ["version", "updated_at", "answer_versions"])
    questionnaire = next(iter(changed)).questionnaire
    places = Places(questionnaire)
    kept = stored_each(changed, {code for values in changed.values() for code in values})
    gone: list[Answer] = []
    new: list[Answer] = []
    for person, values in changed.items():
        old, rows = _differences(person, values, kept[person.pk])
        gone += old
        new += answer_rows(person, rows, places)
    Answer.objects.filter(pk__in=[answer.pk for answer in gone]).delete()
    Answer.objects.bulk_create(new, batch_size=5000)
    untrue = coding.drop_untrue(changed, {code for values in changed.values() for code in values})
    events.write([*events.texts_changed(gone, new), *events.uncoded(untrue)], doer)
    if untrue or any(answer.coded_as_id for answer in gone):
        coding.forget_unused(questionnaire)


def _differences(
    person: Respondent, values: Values, kept: Mapping[str, list[Answer]]
) -> tuple[list[Answer], dict[str, list[Row]]]:
    """The stored rows to delete, and the rows to add, by question."""
    questions = person.questionnaire.structure.questions
    wanted = {code: kind_of(questions[code]).rows(value) for code, value in values.items()}
    # A row that stays as it was keeps its verdict: an « autre » text, when a box beside is ticked.
    gone = [a for code, rows in wanted.items() for a in kept[code] if a.row not in rows]
    for answer in gone:
        answer.respondent = person
    there = {code: {answer.row for answer in kept[code]} for code in wanted}
    return gone, {c: [row for row in rows if row not in there[c]] for c, rows in wanted.items()}
