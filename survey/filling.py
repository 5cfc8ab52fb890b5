"""Filling in: start, save answer by answer, complete, withdraw; what is asked, what is left."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from survey import conditions, publication
from survey.kinds import Row, kind_of
from survey.models import Answer, Choice, Question, Questionnaire, Respondent
from survey.questionnaire import Structure

Values = Mapping[str, Any]

STATE = (
    *("version", "updated_at", "answer_versions", "completed_at", "revision"),
    *("agreed_to_participate", "agreed_to_publish", "agreed_to_name_structure"),
)
"""What filling in changes; the questionnaire stays as it was read."""


class ConsentNeeded(Exception):
    """Nobody takes part without agreeing to."""


class Closed(Exception):
    """The questionnaire does not take answers now."""


class InvalidAnswers(Exception):
    """Nothing was saved. `errors`: the messages, in French, of each wrong answer."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(errors)
        self.errors = errors


class Conflict(Exception):
    """Nothing was saved: answers changed elsewhere since. `values`: yours and saved, by code."""

    def __init__(self, values: Mapping[str, Mapping[str, Any]], version: int) -> None:
        super().__init__(values)
        self.values = values
        self.version = version


@dataclass(frozen=True)
class Consents:
    participate: bool = False
    publish_texts: bool = False
    name_structure: bool = False


@dataclass(frozen=True)
class Saved:
    version: int
    saved_at: datetime
    changed: frozenset[str]


@dataclass(frozen=True)
class SectionProgress:
    code: str
    title: str
    asked: int
    answered: int


@dataclass(frozen=True)
class Progress:
    sections: tuple[SectionProgress, ...]
    asked: frozenset[str]
    minutes_left: int


def start(questionnaire: Questionnaire, consents: Consents) -> tuple[Respondent, str]:
    """Return a new respondent and the token of their personal link, known to nobody else."""
    if not consents.participate:
        raise ConsentNeeded
    _require_open(questionnaire)
    with transaction.atomic():
        number = next(reserve_numbers(questionnaire, 1))
        token, respondent = new_respondent(questionnaire, number, consents)
        respondent.save()
    return respondent, token


def new_respondent(
    questionnaire: Questionnaire, number: int, consents: Consents
) -> tuple[str, Respondent]:
    """Return a token and its respondent, yet to be stored."""
    token = secrets.token_urlsafe(24)
    return token, Respondent(
        questionnaire=questionnaire, number=number, token_hash=_hash(token), **_agreed(consents)
    )


def reserve_numbers(questionnaire: Questionnaire, count: int) -> Iterator[int]:
    """Take the next numbers, for ever; call it in the transaction that uses them."""
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    first = locked.last_number + 1
    locked.last_number += count
    locked.save(update_fields=["last_number"])
    return iter(range(first, first + count))


def find(token: str) -> Respondent | None:
    """The respondent whose personal link holds this token."""
    hashed = _hash(token.strip())
    return Respondent.objects.select_related("questionnaire").filter(token_hash=hashed).first()


def answers_of(respondent: Respondent) -> dict[str, Any]:
    """Every question's value, None if empty; answers to what is no longer asked are kept too."""
    structure = respondent.questionnaire.structure
    rows = _stored(respondent, structure.questions)
    return {
        code: kind_of(question).value([answer.row for answer in rows[code]])
        for code, question in structure.questions.items()
    }


def save(respondent: Respondent, version: int, answers: Values) -> Saved:
    """Save the named answers, all or none; those already so are no change.

    `version` is the one these answers started from: an answer that has changed since raises
    Conflict. Raises Closed, InvalidAnswers.
    """
    _require_open(respondent.questionnaire)
    cleaned = clean(respondent.questionnaire.structure, answers)
    with publication.recording(respondent) as locked:
        if version > locked.version:
            raise InvalidAnswers({"version": ["Cette version n’existe pas encore."]})
        stored = answers_of(locked)
        changes = {code: value for code, value in cleaned.items() if value != stored[code]}
        _refuse_conflicts(locked, version, changes, stored)
        if changes:
            _write(locked, changes)
    respondent.refresh_from_db(fields=STATE)
    return Saved(respondent.version, respondent.updated_at, frozenset(changes))


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


def progress(respondent: Respondent) -> Progress:
    """What is asked of this person and what they answered, section by section."""
    structure = respondent.questionnaire.structure
    values = answers_of(respondent)
    codes = asked(structure, values)
    left = [q for code, q in structure.questions.items() if code in codes and values[code] is None]
    sections = tuple(
        SectionProgress(
            section.code,
            section.title,
            asked=sum(q.code in codes for q in section.questions),
            answered=sum(q.code in codes and values[q.code] is not None for q in section.questions),
        )
        for section in structure.sections
    )
    return Progress(sections, codes, minutes(left))


def minutes(questions: Iterable[Any]) -> int:
    """About how many minutes these questions take, one at least if there are any."""
    return -(-sum(kind_of(question).seconds for question in questions) // 60)


def complete(respondent: Respondent) -> None:
    """Mark as finished; twice is once."""
    _require_open(respondent.questionnaire)
    with publication.recording(respondent) as locked:
        if locked.completed_at is None:
            locked.completed_at = timezone.now()
            locked.save(update_fields=["completed_at"])
    respondent.refresh_from_db(fields=STATE)


def change_consents(respondent: Respondent, consents: Consents) -> None:
    """Change what may be published, at any time, even after closing."""
    if not consents.participate:
        raise ConsentNeeded
    with publication.recording(respondent) as locked:
        for name, value in _agreed(consents).items():
            setattr(locked, name, value)
        locked.save(update_fields=list(_agreed(consents)))
    respondent.refresh_from_db(fields=STATE)


def withdraw(respondent: Respondent) -> None:
    """Erase this person and all they wrote, at any time, even after closing."""
    with publication.recording(respondent) as locked:
        locked.answers.all().delete()
        locked.delete()


def _refuse_conflicts(
    respondent: Respondent, version: int, changes: Values, stored: Values
) -> None:
    conflicts = {
        code: {"yours": value, "saved": stored[code]}
        for code, value in changes.items()
        if respondent.answer_versions.get(code, 0) > version
    }
    if conflicts:
        raise Conflict(conflicts, respondent.version)


def _write(respondent: Respondent, changes: Values) -> None:
    respondent.version += 1
    respondent.updated_at = timezone.now()
    respondent.answer_versions |= dict.fromkeys(changes, respondent.version)
    respondent.save(update_fields=["version", "updated_at", "answer_versions"])
    questions = respondent.questionnaire.structure.questions
    wanted = {c: kind_of(questions[c]).rows(value) for c, value in changes.items()}
    stored = _stored(respondent, changes)
    # A row that stays as it was keeps its verdict: an « autre » text, when a box beside is ticked.
    gone = [a.pk for code, rows in wanted.items() for a in stored[code] if a.row not in rows]
    respondent.answers.filter(pk__in=gone).delete()
    kept = {code: {answer.row for answer in stored[code]} for code in wanted}
    new = {code: [row for row in rows if row not in kept[code]] for code, rows in wanted.items()}
    Answer.objects.bulk_create(answer_rows(respondent, new, Places(respondent.questionnaire)))


class Places:
    """Where answers of a questionnaire are written: the keys of its questions and choices."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.shapes = {c: kind_of(q).shape for c, q in questionnaire.structure.questions.items()}
        questions = Question.objects.filter(questionnaire=questionnaire)
        self.questions = dict(questions.values_list("code", "pk"))
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
            question_id=places.questions[code],
            shape=places.shapes[code],
            choice_id=places.choices[code, row.choice] if row.choice else None,
            rank=row.rank,
            number=row.number,
            text=row.text,
        )
        for code, question_rows in rows.items()
        for row in question_rows
    ]


def _stored(respondent: Respondent, codes: Iterable[str]) -> dict[str, list[Answer]]:
    stored: dict[str, list[Answer]] = {code: [] for code in codes}
    answers = respondent.answers.filter(question__code__in=stored)
    answers = answers.select_related("question", "choice").order_by("rank", "choice__position")
    for answer in answers:
        stored[answer.question.code].append(answer)
    return stored


def _require_open(questionnaire: Questionnaire) -> None:
    if not questionnaire.is_open:
        raise Closed


def _agreed(consents: Consents) -> dict[str, bool]:
    return {
        "agreed_to_participate": consents.participate,
        "agreed_to_publish": consents.publish_texts,
        "agreed_to_name_structure": consents.name_structure,
    }


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
