"""How each shape of question reads its cells, by LimeSurvey's conventions."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from survey import responses
from survey.importing.files import Cell
from survey.importing.findings import Place, Unplaced
from survey.importing.mapping import Columns
from survey.kinds import Shape, kind_of
from survey.questionnaire import QuestionSpec, Structure
from survey.responses import InvalidAnswers

YES, NO, MISSING = ("y", "oui"), ("n", "non"), ("na", "n/a")
OTHER = "-oth-"


class NothingTicked:
    """Every box of a question is empty: nobody knows whether it was read."""


NOTHING_TICKED = NothingTicked()


def plain(written: Cell) -> str:
    """As it is compared: without case, runs of white space, or the kind of apostrophe."""
    folded = unicodedata.normalize("NFKC", written or "").casefold().replace("’", "'")
    return " ".join(folded.split())


@dataclass(frozen=True)
class Reader:
    """Reads one question's answer from the cells of its columns, in the order of `columns.all`."""

    structure: Structure
    question: QuestionSpec
    columns: Columns

    def value(self, cells: Sequence[Cell]) -> Any:
        """The canonical value, None if missing, or NOTHING_TICKED; raise Unplaced."""
        by_column = dict(zip(self.columns.all, cells, strict=True))
        own = {column: by_column[column] for column in self.columns.own}
        beside = {column: by_column[column] for column in self.columns.others}
        raw = _READS[kind_of(self.question).shape](self, own, beside)
        if raw is NOTHING_TICKED:
            return raw
        try:
            return responses.clean(self.structure, {self.question.code: raw})[self.question.code]
        except InvalidAnswers as error:
            column, _ = next(iter(own.items()))
            held = [] if self.columns.own[column] else own.values()  # What ticks say is plain.
            written = "\u202f; ".join(cell for cell in held if not is_blank(cell))
            message = " ".join(error.errors[self.question.code])
            raise Unplaced(Place(column, written), message) from error

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Our choices by what a cell may hold: the file's codes, our codes, our labels."""
        choices = self.question.choices
        labels = [plain(choice.label) for choice in choices]
        known = {
            label: choice.code
            for label, choice in zip(labels, choices, strict=True)
            if labels.count(label) == 1
        }
        if len(self.question.other_codes) == 1:
            [other] = self.question.other_codes
            known = {OTHER: other, "autre": other} | known
        if self.is_yes_or_no:
            known |= {"y": "oui", "n": "non"}
        known |= {plain(choice.code): choice.code for choice in choices}
        return known | {plain(code): choice for code, choice in self.columns.choices.items()}

    @property
    def is_yes_or_no(self) -> bool:
        return self.question.kind == "yesno"

    def code(self, cell: Cell) -> str | None:
        """The choice that a cell holds; what is none of ours is left for the kind to refuse."""
        if is_blank(cell) or (self.is_yes_or_no and plain(cell) in MISSING):
            return None
        written = (cell or "").strip()
        return self.columns.choices.get(written) or self.codes.get(plain(written), written)

    def written(self, beside: Mapping[str, Cell]) -> dict[str, str]:
        """The texts beside « Autre », by choice."""
        return {
            self.columns.others[column]: cell
            for column, cell in beside.items()
            if cell is not None and not is_blank(cell)
        }


def is_blank(cell: Cell) -> bool:
    return cell is None or not cell.strip()


def _choice(reader: Reader, own: Mapping[str, Cell], beside: Mapping[str, Cell]) -> Any:
    [cell] = own.values()
    written = reader.written(beside)
    code = reader.code(cell)
    if code is None and written:
        code = next(iter(written))
    for choice, text in written.items():
        if choice != code:
            column = next(c for c in beside if reader.columns.others[c] == choice)
            raise Unplaced(Place(column, text), "cette précision accompagne un autre choix.")
    return _specified(code, written) if code else None


def _choices(reader: Reader, own: Mapping[str, Cell], beside: Mapping[str, Cell]) -> Any:
    if all(cell is None or plain(cell) in MISSING for cell in own.values()) and all(
        is_blank(cell) or plain(cell) in MISSING for cell in beside.values()
    ):
        return None  # Not shown: LimeSurvey says so in every column of the question.
    ticked = [
        reader.columns.own[column] for column, cell in own.items() if _is_ticked(column, cell)
    ]
    written = reader.written(beside)
    chosen = [*ticked, *(choice for choice in written if choice not in ticked)]
    return [_specified(code, written) for code in chosen] or NOTHING_TICKED


def _is_ticked(column: str, cell: Cell) -> bool:
    written = plain(cell)
    if written in YES:
        return True
    if written in ("", *NO, *MISSING):
        return False
    raise Unplaced(Place(column, cell or ""), "une case cochée s’écrit Y ou Oui.")


def _ranks(reader: Reader, own: Mapping[str, Cell], beside: Mapping[str, Cell]) -> Any:
    codes = [reader.code(cell) for cell in own.values()]
    while codes and codes[-1] is None:
        codes.pop()
    if None in codes:
        column = list(own)[codes.index(None)]
        raise Unplaced(Place(column), "ce rang est vide, et des rangs plus bas ne le sont pas.")
    return codes


def _whole(reader: Reader, own: Mapping[str, Cell], beside: Mapping[str, Cell]) -> Any:
    [cell] = own.values()
    return cell


def _specified(code: str, written: Mapping[str, str]) -> Any:
    return {"choice": code, "other": written[code]} if code in written else code


_READS: Mapping[Shape, Callable[[Reader, Mapping[str, Cell], Mapping[str, Cell]], Any]] = {
    Shape.CHOICE: _choice,
    Shape.CHOICES: _choices,
    Shape.RANKS: _ranks,
    Shape.NUMBER: _whole,
    Shape.TEXT: _whole,
}
