"""All that people answered, for staff alone: one row a respondent as CSV, API values as JSON.

Both import again to the same database content (`survey.importing.exported`), and are made some
hundreds of respondents at a time, so that their number does not matter. The personal link's code,
and what is stored of it, never leave the database.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from survey import csvfiles, tabulating
from survey.csvfiles import Cell
from survey.kinds import Row, kind_of
from survey.models import Answer, Questionnaire, Respondent
from survey.questionnaire import QuestionSpec
from survey.tabulating import NOT_CONCERNED, Answers, Column, Stored

AT_ONCE = 500
FORMAT, VERSION = "conumm-responses", 1

ORDER = ("question__section__position", "question__position", "rank", "choice__position")
FACTS = (
    *("number", "verdict", "verdict_reason", "started_at", "updated_at", "completed_at"),
    "mode",
)
CONSENTS = {
    "participate": "agreed_to_participate",
    "publish_texts": "agreed_to_publish",
    "name_structure": "agreed_to_name_structure",
}
FIRST = (*FACTS, *CONSENTS, NOT_CONCERNED)
"""The headings of the CSV that are of no question."""


def as_csv(questionnaire: Questionnaire, people: QuerySet[Respondent]) -> Iterator[bytes]:
    """A row a respondent, by number: facts, consents, then the columns of each question."""
    questions = questionnaire.structure.questions.values()
    columns = [column for question in questions for column in tabulating.columns(question)]
    headings = [*FIRST, *(column.heading for column in columns)]
    return csvfiles.streamed(headings, (_line(columns, *each) for each in _each(people)))


def as_json(questionnaire: Questionnaire, people: QuerySet[Respondent]) -> Iterator[bytes]:
    """Answers as the API takes them, and what was decided of texts."""
    questions = questionnaire.structure.questions
    head = {"format": FORMAT, "version": VERSION, "questionnaire": questionnaire.code}
    head |= {"added_choices": _added_choices(questions)}
    yield _json(head | {"exported_at": timezone.now()})[:-1] + b', "respondents": ['
    separator = b"\n"
    for person, answers in _each(people):
        yield separator + _json(_person(questions, person, answers))
        separator = b",\n"
    yield b"\n]}\n"


def _added_choices(questions: Mapping[str, QuestionSpec]) -> list[dict[str, str]]:
    """Those as which precisions are counted, and which the questionnaire's file does not have."""
    return [
        {"question": question.code, "choice": choice.code, "label": choice.label}
        for question in questions.values()
        for choice in question.choices
        if choice.added
    ]


def _each(people: QuerySet[Respondent]) -> Iterator[tuple[Respondent, Answers]]:
    """Respondents by number, each with their answers; who withdraws meanwhile is left out."""
    keys = iter(people.order_by("number").values_list("pk", flat=True))
    while some := tuple(islice(keys, AT_ONCE)):
        answers = _answers(some)
        for person in Respondent.objects.filter(pk__in=some).order_by("number"):
            yield person, answers.get(person.pk, {})


_FIELDS = (
    *("respondent_id", "question__code", "choice__code", "rank", "number", "text"),
    *("verdict", "public_text", "coded_as__code"),
)


def _answers(respondents: Sequence[int]) -> dict[int, dict[str, list[Stored]]]:
    found: dict[int, dict[str, list[Stored]]] = {}
    rows = Answer.objects.filter(respondent__in=respondents).order_by(*ORDER)
    for key, question, choice, rank, number, text, *decided in rows.values_list(*_FIELDS):
        stored = Stored(Row(choice, rank, number, text), *decided)
        found.setdefault(key, {}).setdefault(question, []).append(stored)
    return found


def _line(columns: Sequence[Column], person: Respondent, answers: Answers) -> list[Cell]:
    facts = [*_facts(person).values(), *map(int, _consents(person).values())]
    return [*facts, *tabulating.cells(columns, answers)]


def _person(
    questions: Mapping[str, QuestionSpec], person: Respondent, answers: Answers
) -> dict[str, Any]:
    return {
        **_facts(person),
        "consents": _consents(person),
        "answers": {
            code: kind_of(question).value([each.row for each in answers[code]])
            for code, question in questions.items()
            if code in answers
        },
        "texts": [
            {
                "question": code,
                "choice": each.row.choice,
                "verdict": each.verdict,
                "public_text": each.public_text,
                "coded_as": each.coded_as,
            }
            for code, stored in answers.items()
            for each in stored
            if each.row.text
        ],
    }


def _facts(person: Respondent) -> dict[str, Any]:
    facts = {name: getattr(person, name) for name in FACTS}
    moments = {name: value for name, value in facts.items() if name.endswith("_at") and value}
    return facts | {name: timezone.localtime(value) for name, value in moments.items()}


def _consents(person: Respondent) -> dict[str, bool]:
    return {name: getattr(person, field) for name, field in CONSENTS.items()}


def _json(value: Any) -> bytes:
    # Moments to the microsecond, as they are stored, so that an import gives the same back.
    return json.dumps(value, default=datetime.isoformat, ensure_ascii=False).encode()
