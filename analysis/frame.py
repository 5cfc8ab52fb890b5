"""The answers as columns, kept in the process and brought up to date by what changed alone.

One column a question, indexed by respondents' numbers, in the form its measure gives it (see
`measures`). Answers to a question that was not asked are kept there and blanked on reading;
whoever a question does not concern has no answer in its column.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis import presentation
from analysis.measures import text
from analysis.summaries import Base
from survey.publication import PUBLISHED, Cell, Changes, Person, measure_of
from survey.questionnaire import Condition, QuestionSpec, Structure

Column: TypeAlias = pd.Series | pd.DataFrame

CELL_FIELDS = list(Cell._fields)


@dataclass(frozen=True)
class Frame:
    """All counted respondents. `people`: day and complete; `texts`: states of written texts.

    `not_concerned`: a column of booleans a question, true of whoever said so. `made`: of questions
    with an « Autre », the choices that people made and not as which moderators count them.
    """

    structure: Structure
    revision: int
    people: pd.DataFrame
    columns: Mapping[str, Column]
    texts: Mapping[str, pd.Series]
    not_concerned: pd.DataFrame
    made: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.people)

    @cached_property
    def asked(self) -> Mapping[str, pd.Series]:
        """Of whom each question was asked, by the rules of `survey.conditions`."""
        masks: dict[str, pd.Series] = {}
        for code, question in self.structure.questions.items():
            masks[code] = self._holds(question.condition, masks)
        return masks

    def _holds(self, condition: Condition | None, asked: Mapping[str, pd.Series]) -> pd.Series:
        if condition is None:
            return pd.Series(True, index=self.people.index)
        # By what people chose: how moderators count it asked nobody anything.
        parent = self._made(condition.question)
        chosen = _chose(parent, condition.choices)
        held = chosen if condition.any_of else answered(parent) & ~chosen
        return held & asked[condition.question]

    def answers(self, code: str) -> Column:
        """The column of a question, without the answers of whoever it was not asked."""
        return self.columns[code].loc[self.asked[code]]

    def chosen(self, code: str) -> Column:
        """The same, by the choices that people made and not as which moderators count them."""
        return self._made(code).loc[self.asked[code]]

    def _made(self, code: str) -> Column:
        return self.made.get(code, self.columns[code])

    def base(self, code: str) -> Base:
        """Whom the figures of a question speak of."""
        asked = self.asked[code]
        given = answered(self.columns[code]) & asked
        unconcerned = int((self.not_concerned[code] & asked).sum())
        return Base(len(self), int(asked.sum()) - unconcerned, int(given.sum()), unconcerned)

    def published(self, code: str) -> list[int]:
        """Numbers of those whose text may be read, « autre » texts of closed questions included."""
        state = self.texts.get(code)
        if state is None:
            return []
        return state.index[(state == PUBLISHED) & self.asked[code]].tolist()


def build(structure: Structure, changes: Changes) -> Frame:
    """The frame of all answers, from changes since the beginning."""
    return Frame(structure, changes.revision, *_encoded(structure, changes))


def refresh(frame: Frame, changes: Changes) -> Frame:
    """The frame with what changed put in the place of what it held."""
    if not changes.numbers:
        return replace(frame, revision=changes.revision)
    people, columns, texts, not_concerned, made = _encoded(frame.structure, changes)
    void = frame.people.index.isin(list(changes.numbers))
    return Frame(
        frame.structure,
        changes.revision,
        _replaced(frame.people, void, people),
        {code: _replaced(column, void, columns[code]) for code, column in frame.columns.items()},
        {code: _replaced(states, void, texts[code]) for code, states in frame.texts.items()},
        _replaced(frame.not_concerned, void, not_concerned),
        {code: _replaced(column, void, made[code]) for code, column in frame.made.items()},
    )


def answered(column: Column) -> pd.Series:
    """Who answered at all."""
    if isinstance(column, pd.DataFrame):
        return (column.to_numpy() != 0).any(axis=1) & pd.Series(True, index=column.index)
    return column.gt(0) if column.dtype == np.int8 else column.notna()


def _chose(column: Column, choices: Sequence[str]) -> pd.Series:
    if isinstance(column, pd.DataFrame):
        return answered(column[list(choices)])
    return column.isin(choices)


def _encoded(
    structure: Structure, changes: Changes
) -> tuple[pd.DataFrame, dict[str, Column], dict[str, pd.Series], pd.DataFrame, dict[str, Column]]:
    people = _people(changes.people)
    cells = pd.DataFrame.from_records(list(changes.cells), columns=CELL_FIELDS)
    # A respondent who changes while we read comes with the next changes, whole.
    cells = cells[cells["number"].isin(people.index)]
    marks = cells["not_concerned"].astype(bool)
    by_question = dict(iter(cells[~marks].groupby("question", sort=False)))
    columns, texts, made = {}, {}, {}
    for code, question in structure.questions.items():
        own = by_question.get(code, cells.iloc[:0])
        columns[code] = _column(question, own, people.index)
        texts[code] = text.encode(own, people.index, ())
        if question.other_codes:
            made[code] = _column(question, _as_made(own), people.index)
    not_concerned = _not_concerned(cells[marks], people.index, list(structure.questions))
    return people, columns, texts, not_concerned, made


def _as_made(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.assign(choice=cells["made"].where(cells["made"].notna(), cells["choice"]))


def _column(question: QuestionSpec, cells: pd.DataFrame, numbers: pd.Index) -> Column:
    encode = presentation.of(measure_of(question)).measure.encode
    return encode(cells, numbers, question.choice_codes)


def _not_concerned(marks: pd.DataFrame, numbers: pd.Index, codes: list[str]) -> pd.DataFrame:
    known = marks[marks["question"].isin(codes)]
    said = np.zeros((len(numbers), len(codes)), dtype=bool)
    rows = numbers.get_indexer(known["number"])
    said[rows, pd.Index(codes).get_indexer(known["question"])] = True
    return pd.DataFrame(said, index=numbers, columns=codes)


def _people(people: Iterable[Person]) -> pd.DataFrame:
    rows = pd.DataFrame.from_records(list(people), columns=list(Person._fields))
    return rows.set_index("number").sort_index()


def _replaced(old: Column, void: np.ndarray, new: Column) -> Column:
    return pd.concat([old.loc[~void], new]).sort_index()
