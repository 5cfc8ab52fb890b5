"""All that people answered, for staff alone: one row a respondent as CSV, API values as JSON.

Both are made some hundreds of respondents at a time, so that their number does not matter. The
personal link's code, and what is stored of it, never leave the database.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from django.db.models import QuerySet
from django.utils import timezone

from survey import csvfiles
from survey.csvfiles import Cell
from survey.kinds import NOT_CONCERNED_ROW, Row, Shape, kind_of
from survey.models import Answer, Questionnaire, Respondent
from survey.questionnaire import QuestionSpec

AT_ONCE = 500
FORMAT, VERSION = "conumm-responses", 1

ORDER = ("question__section__position", "question__position", "rank", "choice__position")
FACTS = ("number", "verdict", "verdict_reason", "started_at", "updated_at", "completed_at")
CONSENTS = {
    "participate": "agreed_to_participate",
    "publish_texts": "agreed_to_publish",
    "name_structure": "agreed_to_name_structure",
}


class Stored(NamedTuple):
    """One answer row, and what was decided of its text."""

    row: Row
    verdict: str
    public_text: str


Answers: TypeAlias = Mapping[str, Sequence[Stored]]
"""What one person answered, by question."""

Column: TypeAlias = tuple[str, str, Callable[[Sequence[Row]], Cell]]
"""Its heading, its question, and what it holds of the question's rows."""


def as_csv(questionnaire: Questionnaire, people: QuerySet[Respondent]) -> Iterator[bytes]:
    """A row a respondent, by number: facts, consents, then the columns of each question.

    A question has one column, named after its code; but one a choice where several may be made:
    `outils.tablette` is 1, or 0 where others were made, or the rank. `outils.autre.texte` is what
    was written beside « Autre ». Columns of an unanswered question are empty; `not_concerned` holds
    the codes of those that the person marked so.
    """
    questions = questionnaire.structure.questions.values()
    columns = [column for question in questions for column in _columns(question)]
    headings = [*FACTS, *CONSENTS, "not_concerned", *(heading for heading, _, _ in columns)]
    return csvfiles.streamed(headings, (_line(columns, *each) for each in _each(people)))


def as_json(questionnaire: Questionnaire, people: QuerySet[Respondent]) -> Iterator[bytes]:
    """All that an import needs: answers as the API takes them, and what was decided of texts."""
    questions = questionnaire.structure.questions
    head = {"format": FORMAT, "version": VERSION, "questionnaire": questionnaire.code}
    yield _json(head | {"exported_at": timezone.now()})[:-1] + b', "respondents": ['
    separator = b"\n"
    for person, answers in _each(people):
        yield separator + _json(_person(questions, person, answers))
        separator = b",\n"
    yield b"\n]}\n"


def _each(people: QuerySet[Respondent]) -> Iterator[tuple[Respondent, Answers]]:
    """Respondents by number, each with their answers; who withdraws meanwhile is left out."""
    keys = iter(people.order_by("number").values_list("pk", flat=True))
    while some := tuple(islice(keys, AT_ONCE)):
        answers = _answers(some)
        for person in Respondent.objects.filter(pk__in=some).order_by("number"):
            yield person, answers.get(person.pk, {})


_FIELDS = (
    *("respondent_id", "question__code", "choice__code", "rank", "number", "text"),
    *("verdict", "public_text"),
)


def _answers(respondents: Sequence[int]) -> dict[int, dict[str, list[Stored]]]:
    found: dict[int, dict[str, list[Stored]]] = {}
    rows = Answer.objects.filter(respondent__in=respondents).order_by(*ORDER)
    for key, question, choice, rank, number, text, verdict, public_text in rows.values_list(
        *_FIELDS
    ):
        stored = Stored(Row(choice, rank, number, text), verdict, public_text)
        found.setdefault(key, {}).setdefault(question, []).append(stored)
    return found


def _columns(question: QuestionSpec) -> list[Column]:
    code, kind = question.code, kind_of(question)
    columns: list[Column] = [(code, code, partial(_whole, question))]
    if kind.shape in (Shape.CHOICES, Shape.RANKS):
        nothing = 0 if kind.shape == Shape.CHOICES else None
        columns = [
            (f"{code}.{choice}", code, partial(_of_choice, choice, nothing))
            for choice in question.choice_codes
        ]
    others = [choice for choice in question.choice_codes if choice in question.other_codes]
    return columns + [(f"{code}.{o}.texte", code, partial(_text_beside, o)) for o in others]


def _whole(question: QuestionSpec, rows: Sequence[Row]) -> Cell:
    """An answer that is one value; of a choice, its code."""
    return rows[0].choice or kind_of(question).value(rows)


def _of_choice(choice: str, nothing: int | None, rows: Sequence[Row]) -> Cell:
    made = [row for row in rows if row.choice == choice]
    return (made[0].rank or 1) if made else nothing


def _text_beside(choice: str, rows: Sequence[Row]) -> Cell:
    return next((row.text for row in rows if row.choice == choice), None)


def _line(columns: Sequence[Column], person: Respondent, answers: Answers) -> list[Cell]:
    rows = {question: [each.row for each in stored] for question, stored in answers.items()}
    marked = [question for question, own in rows.items() if NOT_CONCERNED_ROW in own]
    given = {question: own for question, own in rows.items() if question not in marked}
    cells = [cell(given[question]) if question in given else None for _, question, cell in columns]
    facts = [*_facts(person).values(), *map(int, _consents(person).values())]
    return [*facts, " ".join(sorted(marked)), *cells]


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
