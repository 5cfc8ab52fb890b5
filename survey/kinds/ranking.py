from collections.abc import Iterator, Sequence
from typing import Any

from survey.kinds.base import (
    Kind,
    Row,
    Shape,
    choice_row,
    choice_schema,
    choice_value,
    choice_words,
)
from survey.kinds.multiple import clean_choices
from survey.questionnaire import QuestionSpec
from survey.widgets import Ranking as RankingWidget


class Ranking(Kind):
    """Some of the items, in order, the first first."""

    code = "ranking"
    name = "classement"
    shape = Shape.RANKS
    seconds = 40
    options = frozenset({"choices", "item"})

    def measure(self, question: QuestionSpec) -> str:
        return "ranking"

    def clean(self, question: QuestionSpec, value: Any) -> Any:
        if value is None:
            return None
        return clean_choices(self, question, value) or None

    def rows(self, value: Any) -> list[Row]:
        return [choice_row(item, rank) for rank, item in enumerate(value or (), start=1)]

    def value(self, rows: Sequence[Row]) -> Any:
        ranked = sorted(rows, key=lambda row: row.rank or 0)
        return [choice_value(row) for row in ranked] or None

    def widget(self, question: QuestionSpec) -> RankingWidget:
        return RankingWidget(question)

    def words(self, question: QuestionSpec, value: Any) -> str:
        return "\u202f; ".join(
            f"n°{rank} {choice_words(question, item)}" for rank, item in enumerate(value, start=1)
        )

    def schema(self, question: QuestionSpec) -> dict[str, Any]:
        return {"type": "array", "items": choice_schema(question), "uniqueItems": True}

    def problems(self, question: QuestionSpec) -> Iterator[tuple[str, str]]:
        yield from super().problems(question)
        if len(question.choices) < 2:
            yield "choices", "must list two items or more"
        if any(choice.exclusive for choice in question.choices):
            yield "choices", 'can be exclusive only in a question of the kind "multiple"'
        if any(choice.other for choice in question.choices):
            yield "choices", 'have no field to specify "other" in a ranking'
