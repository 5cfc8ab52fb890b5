"""Texts put under what their authors answered to another question.

To do so says of each number what this person answered there: editors declare it block by block.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from survey.french import quoted
from survey.publication import measure_of
from survey.questionnaire import QuestionSpec, Structure

NO_ANSWER = "na"
ONE_CHOICE = ("nominal", "ordinal")


@dataclass(frozen=True)
class TextGroup:
    """Numbers of those who gave one answer to a question, by its title; `choice`: None of none."""

    question: str
    choice: str | None
    title: str
    numbers: tuple[int, ...]

    @property
    def code(self) -> str:
        """As addresses write it."""
        return NO_ANSWER if self.choice is None else self.choice


def grouped(numbers: Sequence[int], by: QuestionSpec, answers: pd.Series) -> tuple[TextGroup, ...]:
    """A group a choice, in the order of the question; those who gave no answer come last."""
    given = answers.reindex(list(numbers))
    groups = [
        TextGroup(by.title, choice.code, choice.label, _numbers(given == choice.code))
        for choice in by.choices
    ]
    silent = f"Sans réponse à {quoted(by.title)}"
    return (*groups, TextGroup(by.title, None, silent, _numbers(given.isna())))


def _numbers(held: pd.Series) -> tuple[int, ...]:
    return tuple(held.index[held].tolist())


def problems(by: str, question: QuestionSpec, structure: Structure) -> list[str]:
    """What forbids to put this question's texts under the answers to `by`."""
    if measure_of(question) != "text":
        return ["goes with a question answered by a text; leave it out"]
    answered = structure.questions.get(by)
    if answered is None or measure_of(answered) not in ONE_CHOICE:
        return [f'names "{by}", which is not a question with one choice']
    if NO_ANSWER in answered.choice_codes:
        return [f'names "{by}", one of whose choices is "{NO_ANSWER}", the name of no answer']
    return []
