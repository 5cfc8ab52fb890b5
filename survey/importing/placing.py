"""From the lines of a file to responses: every column, code and line has its place or is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from survey import responses
from survey.filling import Consents
from survey.importing import facts
from survey.importing.cells import NOTHING_TICKED, Reader
from survey.importing.files import FACTS, NUMBER, Cell, Line
from survey.importing.files import ResponseFile as File
from survey.importing.findings import Findings, Place, Unplaced
from survey.importing.mapping import NOTHING_TICKED_IS_NO_ANSWER, ImportMapping
from survey.kinds import Shape, kind_of
from survey.models import Answer, Respondent
from survey.questionnaire import Structure

FREE = (Shape.TEXT, Shape.NUMBER)
"""Shapes whose cells are rarely the same twice."""


class Decided(NamedTuple):
    """What was decided of a text before it came here."""

    verdict: str
    public_text: str
    coded_as: str | None = None


class AddedChoice(NamedTuple):
    """One that was made, where the file comes from, to count what stands beside « Autre »."""

    question: str
    code: str
    label: str


@dataclass(frozen=True)
class Response:
    """One person's questionnaire, ready to be written; `answers` are canonical, None if empty.

    `texts`: what was decided of them, by question and choice; those that are not there, as all that
    come from LimeSurvey, are to be read.
    """

    number: int
    consents: Consents
    started_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    answers: Mapping[str, Any]
    texts: Mapping[tuple[str, str | None], Decided] = field(default_factory=dict)
    verdict: str = Respondent.Verdict.COUNTED
    verdict_reason: str = ""
    mode: str = Respondent.Mode.WEB

    @property
    def is_judged(self) -> bool:
        return (self.verdict, self.verdict_reason) != (Respondent.Verdict.COUNTED, "")

    @property
    def holds_decisions(self) -> bool:
        nothing = Decided(Answer.Verdict.PENDING, "")
        return self.is_judged or any(text != nothing for text in self.texts.values())


def texts_of(value: Any, code: str, structure: Structure) -> dict[str | None, str]:
    """The texts of a canonical answer, by the choice beside which they stand."""
    question = structure.questions.get(code)
    rows = kind_of(question).rows(value) if question else ()
    return {row.choice: row.text for row in rows if row.text}


@dataclass(frozen=True)
class Placed:
    """`refused`: the numbers of those who do not agree to take part."""

    responses: tuple[Response, ...]
    refused: frozenset[int]
    added_choices: tuple[AddedChoice, ...] = ()


def place(file: File, mapping: ImportMapping, structure: Structure, findings: Findings) -> Placed:
    """The responses of this file; what has no place, and what is left out, goes to `findings`."""
    _place_columns(file, mapping, structure, findings)
    placing = _Placing(file, mapping, structure, findings)
    found = [response for line in file.lines if (response := placing.response(line))]
    return Placed(tuple(found), frozenset(placing.refused))


def _place_columns(
    file: File, mapping: ImportMapping, structure: Structure, findings: Findings
) -> None:
    for heading in file.headings:
        if heading not in {*FACTS, *mapping.columns, *mapping.ignored}:
            findings.refuse(
                "elle n’a pas de place dans la correspondance\u202f; donnez-la à une question, "
                "ou mettez-la sous «\u00a0ignored\u00a0».",
                place=Place(heading),
            )
    for column in mapping.columns:
        if column not in file.headings and not _may_be_absent(column, file, mapping, structure):
            findings.refuse("elle n’est pas dans le fichier.", place=Place(column))


def _may_be_absent(column: str, file: File, mapping: ImportMapping, structure: Structure) -> bool:
    """Columns of ranks stop at the highest rank that anybody used."""
    for code, columns in mapping.questions.items():
        ranks = list(columns.own)
        if column in ranks and kind_of(structure.questions[code]).shape == Shape.RANKS:
            there = [rank in file.headings for rank in ranks]
            return there[0] and not any(there[ranks.index(column) :])
    return False


@dataclass
class _Placing:
    file: File
    mapping: ImportMapping
    structure: Structure
    findings: Findings
    refused: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.place_of = {heading: n for n, heading in enumerate(self.file.headings)}
        self.readers = {
            code: Reader(self.structure, self.structure.questions[code], columns)
            for code, columns in self.mapping.questions.items()
        }
        self.known: dict[tuple[str, tuple[Cell, ...]], Any] = {}
        self.numbers: set[int] = set()

    def response(self, line: Line) -> Response | None:
        name = f"ligne {line.place}"
        if not line.cells:
            self.findings.refuse("il n’y a pas autant de cellules que de colonnes.", line=name)
            return None
        row = partial(self._cell, line)
        try:
            number = facts.number_of(row)
            self._refuse_twice(number)
            name = f"#{number}"
            consents = facts.consents_of(row, self.mapping)
            if not consents.participate:
                self.refused.add(number)
                self.findings.remark(
                    "sans accord pour participer\u00a0: laissé de côté.", line=name
                )
                return None
            dates = facts.dates_of(row, self.mapping.undated)
        except Unplaced as unplaced:
            self.findings.refuse(unplaced.message, place=unplaced.place, line=name)
            return None
        answers = self._answers(line, name, is_complete=dates[2] is not None)
        return Response(number, consents, *dates, answers)

    def _cell(self, line: Line, column: str) -> Cell:
        """What stands there, None too in a column that the file has not."""
        place = self.place_of.get(column)
        return None if place is None else line.cells[place]

    def _refuse_twice(self, number: int) -> None:
        if number in self.numbers:
            raise Unplaced(Place(NUMBER, str(number)), "ce numéro est donné deux fois.")
        self.numbers.add(number)

    def _answers(self, line: Line, name: str, *, is_complete: bool) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for code, reader in self.readers.items():
            cells = tuple(self._cell(line, column) for column in reader.columns.all)
            read = self._read(code, reader, cells)
            if isinstance(read, Unplaced):
                self.findings.refuse(read.message, place=read.place, line=name)
                read = None
            values[code] = read
        self._settle_unticked(values, name, is_complete=is_complete)
        self._compare_with_conditions(line, values, name, is_complete=is_complete)
        return values

    def _read(self, code: str, reader: Reader, cells: tuple[Cell, ...]) -> Any:
        """The answer, or why there is none; the same choices are read once."""
        if kind_of(reader.question).shape in FREE:
            return _read(reader, cells)
        if (code, cells) not in self.known:
            self.known[code, cells] = _read(reader, cells)
        return self.known[code, cells]

    def _settle_unticked(self, values: dict[str, Any], name: str, *, is_complete: bool) -> None:
        """Who finished without ticking anything may have meant it: it is told, or as mapped."""
        unticked = [code for code, value in values.items() if value is NOTHING_TICKED]
        values |= dict.fromkeys(unticked, None)
        if not is_complete or not unticked:
            return
        asked = responses.asked(self.structure, values)
        for code in self.structure.questions:
            if code not in unticked or code not in asked:
                continue
            none_ticked = self.mapping.questions[code].none_ticked
            if not none_ticked:
                self.findings.remark(
                    f"question {code}\u00a0: terminé sans rien cocher\u00a0: compté sans réponse, "
                    "faute de «\u00a0none_ticked\u00a0» (un choix, ou na).",
                    line=name,
                )
            elif none_ticked != NOTHING_TICKED_IS_NO_ANSWER:
                values[code] = responses.clean(self.structure, {code: [none_ticked]})[code]
                asked = responses.asked(self.structure, values)

    def _compare_with_conditions(
        self, line: Line, values: Mapping[str, Any], name: str, *, is_complete: bool
    ) -> None:
        asked = responses.asked(self.structure, values)
        for code, value in values.items():
            if value is not None and code not in asked:
                self.findings.remark(
                    f"question {code}\u00a0: répondu sans que notre condition la pose\u00a0: "
                    "conservé, mais pas compté.",
                    line=name,
                )
            elif is_complete and code in asked and self._was_not_shown(line, code):
                self.findings.remark(
                    f"question {code}\u00a0: pas montrée là-bas, mais notre condition la "
                    "pose\u00a0: compté sans réponse.",
                    line=name,
                )

    def _was_not_shown(self, line: Line, code: str) -> bool:
        columns = [c for c in self.readers[code].columns.all if c in self.place_of]
        return bool(columns) and all(self._cell(line, column) is None for column in columns)


def _read(reader: Reader, cells: Sequence[Cell]) -> Any:
    try:
        return reader.value(cells)
    except Unplaced as unplaced:
        return unplaced
