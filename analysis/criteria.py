"""Which respondents a table of structures keeps, as a person writes it; one condition a line.

« structure_type is association or collectivite », « tiers_lieu is not oui », « outils has
ordinateur », « outils has not tablette or autre », « publics_csp.etudiants ranked 1 or 2 »,
« seances_duree over 60 » (or under, at least, at most). Who did not answer is never kept.
A choice is the one that a person made, as in the cells, whatever moderators count it as.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.frame import Column, Frame, answered
from survey.publication import measure_of
from survey.questionnaire import QuestionSpec, Structure


@dataclass(frozen=True)
class Criterion:
    """`item`: of a ranking; `values`: choices, ranks, or one number."""

    question: str
    item: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class _Operator:
    measures: frozenset[str]
    holds: Callable[[Column, Criterion], pd.Series]


def _is(column: pd.Series, wanted: Criterion) -> pd.Series:
    return column.isin(wanted.values)


def _has(column: pd.DataFrame, wanted: Criterion) -> pd.Series:
    return answered(column[list(wanted.values)])


def _ranked(column: pd.DataFrame, wanted: Criterion) -> pd.Series:
    return column[wanted.item].isin([int(rank) for rank in wanted.values])


def _limit(wanted: Criterion) -> float:
    return float(wanted.values[0])


_ONE_CHOICE = frozenset({"nominal", "ordinal"})
_SEVERAL = frozenset({"multiple"})
_RANKING = frozenset({"ranking"})
_NUMBER = frozenset({"numeric"})

_OPERATORS: Mapping[str, _Operator] = {
    "is": _Operator(_ONE_CHOICE, _is),
    "is not": _Operator(_ONE_CHOICE, lambda c, wanted: answered(c) & ~_is(c, wanted)),
    "has": _Operator(_SEVERAL, _has),
    "has not": _Operator(_SEVERAL, lambda c, wanted: answered(c) & ~_has(c, wanted)),
    "ranked": _Operator(_RANKING, _ranked),
    "over": _Operator(_NUMBER, lambda c, wanted: c > _limit(wanted)),
    "under": _Operator(_NUMBER, lambda c, wanted: c < _limit(wanted)),
    "at least": _Operator(_NUMBER, lambda c, wanted: c >= _limit(wanted)),
    "at most": _Operator(_NUMBER, lambda c, wanted: c <= _limit(wanted)),
}
_LONGEST_FIRST = "|".join(sorted(_OPERATORS, key=len, reverse=True))
_WRITTEN = re.compile(rf"(\w+)(?:\.(\w+))? ({_LONGEST_FIRST}) (\S+(?: or \S+)*)")
_CLOSED = _ONE_CHOICE | _SEVERAL
_NUMERAL = re.compile(r"-?\d+(\.\d+)?")
_EXAMPLES = {
    "nominal": "{question} is {choice}",
    "ordinal": "{question} is {choice}",
    "multiple": "{question} has {choice}",
    "ranking": "{question}.{choice} ranked 1 or 2",
    "numeric": "{question} over 60",
}
_ANY_EXAMPLE = ", ".join(
    f'"{example.format(question="question", choice="choice")}"'
    for measure, example in _EXAMPLES.items()
    if measure != "ordinal"
)


def kept(conditions: Sequence[str], frame: Frame) -> frozenset[int] | None:
    """The numbers of those for whom all conditions hold; None, for everybody, if there are none."""
    numbers = None
    for criterion in map(_parsed, conditions):
        column = frame.chosen(criterion.question)
        held = _OPERATORS[criterion.operator].holds(column, criterion)
        found = frozenset(held.index[held].tolist())
        numbers = found if numbers is None else numbers & found
    return numbers


def question_of(condition: str) -> str:
    """The code that it begins with."""
    return re.split(r"[. ]", condition, maxsplit=1)[0]


def problem(condition: str, structure: Structure) -> str:
    """What is wrong in a condition, and what to write; "" if nothing is."""
    criterion = _parsed(condition)
    question = structure.questions.get(question_of(condition))
    if question is None:
        return f'says "{condition}", which begins with no question; write {_ANY_EXAMPLE}'
    if measure_of(question) not in _EXAMPLES:
        return f'says "{condition}"; "{question.code}" holds texts, which keep nobody apart'
    if criterion is None or not _fits(criterion, question):
        return f'says "{condition}"; of "{question.code}", write "{_example(question)}"'
    known = [choice.code for choice in question.offered]
    choices = criterion.values if _OPERATORS[criterion.operator].measures <= _CLOSED else ()
    unknown = [code for code in (criterion.item, *choices) if code and code not in known]
    if unknown:
        return f'names "{unknown[0]}"; write one of {", ".join(known)}'
    return ""


def _parsed(condition: str) -> Criterion | None:
    match = _WRITTEN.fullmatch(condition)
    if match is None:
        return None
    question, item, operator, values = match.groups()
    return Criterion(question, item or "", operator, tuple(values.split(" or ")))


def _fits(criterion: Criterion, question: QuestionSpec) -> bool:
    """Whether the operator goes with the question, and the values with the operator."""
    measure = measure_of(question)
    if measure not in _OPERATORS[criterion.operator].measures:
        return False
    if bool(criterion.item) != (measure == "ranking"):
        return False
    if measure == "ranking":
        places = range(1, len(question.choices) + 1)
        return all(value.isdecimal() and int(value) in places for value in criterion.values)
    if measure == "numeric":
        return len(criterion.values) == 1 and bool(_NUMERAL.fullmatch(criterion.values[0]))
    return True


def _example(question: QuestionSpec) -> str:
    choice = question.choice_codes[0] if question.choices else ""
    return _EXAMPLES[measure_of(question)].format(question=question.code, choice=choice)
