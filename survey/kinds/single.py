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
    clean_choice,
)
from survey.questionnaire import QuestionSpec
from survey.widgets import Options


class Single(Kind):
    """One choice, « Autre » with a precision where there is one."""

    code = "single"
    name = "un seul choix"
    shape = Shape.CHOICE
    options = frozenset({"choices", "ordered"})

    def measure(self, question: QuestionSpec) -> str:
        return "ordinal" if question.ordered else "nominal"

    def clean(self, question: QuestionSpec, value: Any) -> Any:
        return (
            None if value in (None, "") else clean_choice(question, self.choices(question), value)
        )

    def rows(self, value: Any) -> list[Row]:
        return [] if value is None else [choice_row(value)]

    def value(self, rows: Sequence[Row]) -> Any:
        return choice_value(rows[0]) if rows else None

    def widget(self, question: QuestionSpec) -> Options:
        return Options(question, several=False)

    def words(self, question: QuestionSpec, value: Any) -> str:
        return choice_words(question, value)

    def schema(self, question: QuestionSpec) -> dict[str, Any]:
        return choice_schema(question)

    def problems(self, question: QuestionSpec) -> Iterator[tuple[str, str]]:
        yield from super().problems(question)
        if len(question.choices) < 2:
            yield "choices", "must list two choices or more"
        if any(choice.exclusive for choice in question.choices):
            yield "choices", 'can be exclusive only in a question of the kind "multiple"'
