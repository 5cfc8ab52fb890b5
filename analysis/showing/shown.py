"""What showing a question's figures takes, and how a count is read beside its share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from analysis import tables
from analysis.declarations import BlockSpec
from analysis.measures import numeric
from analysis.summaries import Base
from analysis.wording import Noun, Wording
from survey.french import NO_BREAK_SPACE, number, percent
from survey.questionnaire import QuestionSpec

SEPARATOR = f"{NO_BREAK_SPACE}· "


@dataclass(frozen=True)
class Shown:
    """A question's figures, and all that showing them takes.

    Of a group, `base` is None and `everybody` the summary that its classes are taken from.
    """

    question: QuestionSpec
    base: Base | None
    summary: Any
    noun: Noun
    spec: BlockSpec
    everybody: Any = None

    @property
    def labels(self) -> Mapping[str, str]:
        """Labels in the question's order."""
        return {choice.code: choice.label for choice in self.question.choices}

    def wording(self, measure: str) -> Wording:
        """What sentences are made of."""
        return Wording(
            labels=self.labels,
            subject=self.noun,
            unit=self.question.unit,
            unit_one=self.question.unit_one,
            template=self.spec.sentence,
            measure=measure,
            says=self.spec.says,
        )

    @cached_property
    def edges(self) -> Sequence[float]:
        """The classes of a number."""
        return numeric.classes(self.everybody or self.summary, self.spec.class_width)

    @property
    def has_one_value_a_class(self) -> bool:
        whole = (self.everybody or self.summary).whole
        return whole and [edge - self.edges[0] for edge in self.edges[:2]] == [0, 1]

    @property
    def class_labels(self) -> list[str]:
        whole = (self.everybody or self.summary).whole
        unit, unit_one = self.question.unit, self.question.unit_one
        return tables.class_labels(self.edges, unit, unit_one, whole=whole)

    @property
    def class_keys(self) -> list[str]:
        return tables.class_keys(self.edges)

    @property
    def row_keys(self) -> Mapping[str, str]:
        """What a script knows each part by: its choice, or the bounds of its class."""
        if self.labels:
            return {label: code for code, label in self.labels.items()}
        return dict(zip(self.class_labels, self.class_keys, strict=True))

    @cached_property
    def sorted_labels(self) -> Mapping[str, str]:
        """The most frequent first, « Autre » and « Aucun » last; scales and pairs as they are."""
        if self.question.ordered or len(self.labels) == 2:
            return self.labels
        last = {c.code for c in self.question.choices if c.other or c.exclusive}
        counts = self.summary.counts
        order = sorted(self.labels, key=lambda code: (code in last, -counts[code]))
        return {code: self.labels[code] for code in order}


def value(count: int | None, base: int) -> str:
    """« 36 · 57 % », « — » of what may not be told."""
    if count is None:
        return tables.NO_FIGURE
    return f"{number(count)}{SEPARATOR}{percent(count / base)}" if base else number(count)
