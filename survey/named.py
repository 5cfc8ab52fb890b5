"""The structures whose respondents agreed to name them, never beside a number."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Max, Q

from survey import conditions
from survey.kinds import Row, kind_of
from survey.models import Answer
from survey.questionnaire import NAME_STRUCTURE, Structure
from survey.visibility import COUNTED, NAMES_STRUCTURE, PUBLIC, public_words

EMPTY = Row()
LISTED_AT_MOST = 10_000


def structures_state(structure: Structure, name: str) -> tuple[int, int | None]:
    """Another one whenever `structures` may be others: how many are named, and when one changed."""
    own = Q(question__questionnaire__code=structure.code, question__code=name)
    named = Answer.objects.filter(own & COUNTED & NAMES_STRUCTURE & PUBLIC)
    found = named.aggregate(count=Count("pk"), last=Max("respondent__revision"))
    return found["count"], found["last"]


def structures(
    structure: Structure, columns: Sequence[str], numbers: Collection[int] | None = None
) -> list[dict[str, Any]]:
    """A row a structure whose respondent agreed to name it: values by question, never a number.

    A structure is there once its name, the first column, is approved. No text is there that is
    published elsewhere beside a number: it would say whose structure this is. Rows are in the
    order of their values, so that their place says nothing either. With `numbers`, of those alone.
    What does not concern a structure is as empty there as what was left so. « Autre » stays there
    even where moderators count it as another choice: the report says that one beside a number.
    """
    parents = [c.question for column in columns for c in conditions.of(structure, column)]
    rows: dict[int, dict[str, list[Row]]] = {}
    for respondent, code, row in _rows_of_structures(structure, {*columns, *parents}, numbers):
        rows.setdefault(respondent, {}).setdefault(code, []).append(row)
    cells = [(code, _reader(structure, code)) for code in columns]
    values = [{code: value(row) for code, value in cells} for row in rows.values()]
    named = [row for row in values if row[columns[0]]]
    return sorted(named, key=lambda row: repr(list(row.values())))


def _rows_of_structures(
    structure: Structure, questions: Collection[str], numbers: Collection[int] | None
) -> Iterator[tuple[int, str, Row]]:
    """Respondent, question and row; in no order, which costs a long table most of its time."""
    wanted = Q(
        respondent__questionnaire__code=structure.code,
        respondent__agreed_to_name_structure=True,
        question__code__in=questions,
    )
    if numbers is not None and len(numbers) <= LISTED_AT_MOST:
        wanted &= Q(respondent__number__in=numbers)
    fields = ("respondent__number", "question__code", "choice__code", "rank", "number")
    words = ("verdict", "text", "public_text")
    rows = Answer.objects.filter(wanted & COUNTED).values_list(*fields, *words)
    kept = None if numbers is None else frozenset(numbers)
    for respondent, code, choice, rank, value, verdict, text, public_text in rows:
        names = structure.questions[code].consent == NAME_STRUCTURE
        is_public = names and verdict in Answer.PUBLIC_VERDICTS
        read = public_words(verdict, text, public_text) if is_public else ""
        row = Row(choice, rank, value, read)
        if row != EMPTY and (kept is None or respondent in kept):
            yield respondent, code, row


def _reader(structure: Structure, code: str) -> Callable[[Mapping[str, list[Row]]], Any]:
    """What gives a respondent's answer from their rows; None where it was not asked of them."""
    question, kind = structure.questions[code], kind_of(structure.questions[code])
    asked_if = conditions.of(structure, code)
    places = {choice: place for place, choice in enumerate(question.choice_codes)}

    def value(rows: Mapping[str, list[Row]]) -> Any:
        own = rows.get(code, [])
        chosen = {c.question: {row.choice for row in rows.get(c.question, ())} for c in asked_if}
        if not all(conditions.holds(condition, chosen) for condition in asked_if):
            return None
        return kind.value(sorted(own, key=lambda row: places[row.choice]) if own[1:] else own)

    return value
