"""The CSV of all responses: which columns it has, and what each holds of what people answered.

A question has one column, named after its code; but one a choice where several may be made:
`outils.tablette` is 1, or 0 where others were made, or the rank. `outils.autre.texte` is what was
written beside « Autre ». Beside each text stand what was decided of it, and its public words where
they are others: `freins.decision`, `freins.publie`. `not_concerned` holds the codes of the
questions that the person marked so. Every column of an unanswered question is empty.
As which choice moderators count a precision stands beside it, `outils.autre.compte_comme`; of one
that they added for it, the label too: `outils.autre.compte_comme.libelle`.

`survey.importing.tabulated` reads it back.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from survey.csvfiles import Cell
from survey.kinds import NOT_CONCERNED_ROW, Row, Shape, kind_of
from survey.questionnaire import QuestionSpec

NOT_CONCERNED = "not_concerned"
SEVERAL = (Shape.CHOICES, Shape.RANKS)


class Stored(NamedTuple):
    """One answer row, and what was decided of its text."""

    row: Row
    verdict: str
    public_text: str
    coded_as: str | None = None


Answers: TypeAlias = Mapping[str, Sequence[Stored]]
"""What one person answered, by question."""


class Column(NamedTuple):
    """Its heading, its question, and what it holds of the question's rows."""

    heading: str
    question: str
    cell: Callable[[Sequence[Stored]], Cell]


class Text(NamedTuple):
    """The headings of what is written in a question, or beside one of its choices.

    `coded_as`, `label`: the choice as which it counts, "" where there is no such column.
    """

    choice: str | None
    words: str
    verdict: str
    public_text: str
    coded_as: str = ""
    label: str = ""


def columns(question: QuestionSpec) -> list[Column]:
    return [*_own(question), *(column for t in texts(question) for column in _of_text(question, t))]


def texts(question: QuestionSpec) -> list[Text]:
    code = question.code
    if kind_of(question).shape == Shape.TEXT:
        return [Text(None, code, f"{code}.decision", f"{code}.publie")]
    return [_beside(f"{code}.{c}", c) for c in question.choice_codes if c in question.other_codes]


def _beside(stem: str, choice: str) -> Text:
    ends = ("texte", "decision", "publie", "compte_comme", "compte_comme.libelle")
    return Text(choice, *(f"{stem}.{end}" for end in ends))


def of_choice(question: QuestionSpec, choice: str) -> str:
    """The heading of a choice of several."""
    return f"{question.code}.{choice}"


def cells(columns: Sequence[Column], answers: Answers) -> list[Cell]:
    """What `not_concerned` and these columns hold of one person's answers."""
    marked = [code for code, rows in answers.items() if rows[0].row == NOT_CONCERNED_ROW]
    given = {code: rows for code, rows in answers.items() if code not in marked}
    held = [cell(given[code]) if code in given else None for _, code, cell in columns]
    return [" ".join(sorted(marked)), *held]


def _own(question: QuestionSpec) -> list[Column]:
    code, shape = question.code, kind_of(question).shape
    if shape not in SEVERAL:
        return [Column(code, code, partial(_whole, question))]
    nothing = 0 if shape == Shape.CHOICES else None
    return [
        Column(of_choice(question, choice.code), code, partial(_choice, choice.code, nothing))
        for choice in question.offered
    ]


def _of_text(question: QuestionSpec, text: Text) -> list[Column]:
    held = {
        text.words: lambda stored: stored.row.text,
        text.verdict: lambda stored: stored.verdict,
        text.public_text: lambda stored: stored.public_text,
    }
    if text.coded_as:
        held[text.coded_as] = lambda stored: stored.coded_as
        held[text.label] = partial(_added_label, question)
    return [
        Column(heading, question.code, partial(_of_words, text.choice, of))
        for heading, of in held.items()
        if heading != question.code
    ]


def _whole(question: QuestionSpec, rows: Sequence[Stored]) -> Cell:
    """An answer that is one value; of a choice, its code."""
    return rows[0].row.choice or kind_of(question).value([each.row for each in rows])


def _choice(choice: str, nothing: int | None, rows: Sequence[Stored]) -> Cell:
    made = [each.row for each in rows if each.row.choice == choice]
    return (made[0].rank or 1) if made else nothing


def _added_label(question: QuestionSpec, stored: Stored) -> Cell:
    choice = question.choices_by_code.get(stored.coded_as or "")
    return choice.label if choice and choice.added else None


def _of_words(choice: str | None, of: Callable[[Stored], Cell], rows: Sequence[Stored]) -> Cell:
    return next((of(each) for each in rows if each.row.choice == choice and each.row.text), None)
