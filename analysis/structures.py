"""Tables of structures, as the report file declares them: those that agreed to be named.

Whoever a table names is nowhere beside their number, so no column or condition is on a question
that texts are grouped by: both read together could say whose texts these are.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from analysis import criteria
from analysis.declarations import StructureTable
from analysis.frame import Frame
from analysis.searching import folded
from analysis.tables import Cell, Table
from survey import publication
from survey.french import NO_BREAK_SPACE
from survey.publication import measure_of
from survey.questionnaire import NAME_STRUCTURE, QuestionSpec, Structure

ASCENDING, DESCENDING = "ascending", "descending"
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Column:
    """A column, and how it sorts: by `scale` where its words have an order of their own.

    `code`: the question's, or for a ranking « question.item »; `order`: on the column that the
    rows come sorted by, ASCENDING or DESCENDING.
    """

    code: str
    title: str
    scale: tuple[str, ...] = ()
    holds_numbers: bool = False
    holds_addresses: bool = False
    order: str = ""


def listed(
    declared: StructureTable, structure: Structure, frame: Frame
) -> tuple[Table, tuple[Column, ...]]:
    """The structures that agreed to be named and answered as the table wants, in its order."""
    numbers = criteria.kept(declared.where, frame)
    state = publication.structures_state(structure, declared.columns[0])
    return _listed(declared, structure, numbers, state)


def forget() -> None:
    """Drop what is kept: the database is another one."""
    _listed.cache_clear()


@lru_cache(maxsize=8)
def _listed(
    declared: StructureTable,
    structure: Structure,
    numbers: frozenset[int] | None,
    state: tuple[int, int | None],
) -> tuple[Table, tuple[Column, ...]]:
    """Kept until a named structure changes: most answers are of none, and cost nothing here."""
    questions = [structure.questions[code] for code in declared.columns]
    rows = worded(questions, publication.structures(structure, declared.columns, numbers))
    columns = _columns(questions)
    order = [_parsed(column) for column in declared.order] or [(columns[0].code, ASCENDING)]
    places = {column.code: place for place, column in enumerate(columns)}
    for code, direction in reversed(order):
        _sort(rows, places[code], columns[places[code]], direction)
    marked = [replace(c, order=order[0][1]) if c.code == order[0][0] else c for c in columns]
    return Table(tuple(column.title for column in columns), tuple(rows)), tuple(marked)


def worded(
    questions: Sequence[QuestionSpec], answers: Iterable[Mapping[str, Any]]
) -> list[tuple[Cell, ...]]:
    """A row a structure, as these questions word its answers."""
    return [tuple(c for q in questions for c in _cells(q, each[q.code])) for each in answers]


def _columns(questions: Sequence[QuestionSpec]) -> list[Column]:
    """A ranking has a column an item, named with its question where two have the same name."""
    columns = [(question, column) for question in questions for column in _of(question)]
    titles = Counter(column.title for _, column in columns)
    return [
        replace(column, title=f"{question.title}{NO_BREAK_SPACE}: {column.title}")
        if titles[column.title] > 1
        else column
        for question, column in columns
    ]


def _of(question: QuestionSpec) -> list[Column]:
    match measure_of(question):
        case "ranking":
            code, ranks = question.code, question.ranks
            return [Column(f"{code}.{c.code}", c.label, ranks) for c in question.choices]
        case "ordinal":
            labels = tuple(choice.label for choice in question.choices)
            return [Column(question.code, question.title, labels)]
        case "numeric":
            unit = f" ({question.unit})" if question.unit else ""
            return [Column(question.code, f"{question.title}{unit}", holds_numbers=True)]
    return [Column(question.code, question.title, holds_addresses=question.kind == "url")]


def _cells(question: QuestionSpec, value: Any) -> list[Cell]:
    match measure_of(question):
        case "ranking":
            ranks = dict(zip(value or (), question.ranks, strict=False))
            return [ranks.get(choice.code, "") for choice in question.choices]
        case "numeric":
            return [value]
    return [publication.words(question, value)]


def _sort(rows: list[tuple[Cell, ...]], place: int, column: Column, direction: str) -> None:
    """Sort by one column, as French dictionaries do; empty cells come last either way."""
    descends = direction == DESCENDING

    def key(row: tuple[Cell, ...]) -> tuple[bool, Any]:
        cell = row[place]
        if cell in ("", None):
            return not descends, 0
        if column.scale:
            return descends, column.scale.index(str(cell))
        return descends, cell if column.holds_numbers else collated(str(cell))

    rows.sort(key=key, reverse=descends)


def collated(text: str) -> str:
    """What a text sorts by: its words, whatever their case, accents and punctuation."""
    return _BETWEEN_WORDS.sub(" ", folded(text)).strip()


def _parsed(order: str) -> tuple[str, str]:
    """« seances_duree descending » -> its column and direction."""
    code, _, direction = order.partition(" ")
    return code, direction or ASCENDING


def problems(
    declared: StructureTable, structure: Structure, grouping: Collection[str]
) -> list[str]:
    """What the table asks for that cannot be; `grouping`: questions that texts are grouped by."""
    unknown = [code for code in declared.columns if code not in structure.questions]
    if unknown or not declared.columns:
        return [f'"columns" names {_named(unknown)}, which is no question']
    questions = [structure.questions[code] for code in declared.columns]
    found = [problem for question in questions if (problem := _of_column(question))]
    if questions[0].consent != NAME_STRUCTURE:
        found.append(
            f'"columns" begins with "{questions[0].code}"; begin with the name of the structure, '
            f'a question whose consent is "{NAME_STRUCTURE}"'
        )
    wrong = [criteria.problem(condition, structure) for condition in declared.where]
    found += [f'"where" {problem}' for problem in wrong if problem]
    shown = {*declared.columns, *map(criteria.question_of, declared.where)}
    found += [
        f'uses "{code}", which texts are grouped by under a number: leave it out of one of the two'
        for code in sorted(shown & set(grouping))
    ]
    return found + _order_problems(declared, [column.code for column in _columns(questions)])


def _of_column(question: QuestionSpec) -> str:
    if measure_of(question) != "text" or question.consent == NAME_STRUCTURE:
        return ""
    return (
        f'"columns" names "{question.code}", whose texts are published with a number; name only '
        f'texts whose consent is "{NAME_STRUCTURE}"'
    )


def _order_problems(declared: StructureTable, columns: Sequence[str]) -> list[str]:
    return [
        f'"order" says "{written}"; write one of {", ".join(columns)}, with " descending" or not'
        for written in declared.order
        if _parsed(written)[0] not in columns or _parsed(written)[1] not in (ASCENDING, DESCENDING)
    ]


def _named(codes: Sequence[str]) -> str:
    return f'"{codes[0]}"' if codes else "nothing"
