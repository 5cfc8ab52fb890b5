from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from survey.french import quoted
from survey.kinds.base import (
    Kind,
    Row,
    Shape,
    choice_code,
    choice_row,
    choice_schema,
    choice_value,
    choice_words,
    clean_choice,
)
from survey.questionnaire import QuestionSpec
from survey.widgets import Options


def clean_choices(kind: Kind, question: QuestionSpec, value: Any) -> list[Any]:
    """Return the listed choices, each known and named once."""
    if not isinstance(value, list | tuple):
        raise ValidationError("Donnez une liste de choix.", code="type")
    cleaned = [clean_choice(question, kind.choices(question), item) for item in value]
    codes = [choice_code(item) for item in cleaned]
    if len(set(codes)) < len(codes):
        raise ValidationError("Le même choix est donné deux fois.", code="doubled")
    return cleaned


class Multiple(Kind):
    """Any number of choices; an exclusive one (« Aucun ») stands alone."""

    code = "multiple"
    name = "plusieurs choix"
    shape = Shape.CHOICES
    seconds = 20
    options = frozenset({"choices"})

    def measure(self, question: QuestionSpec) -> str:
        return "multiple"

    def clean(self, question: QuestionSpec, value: Any) -> Any:
        if value is None:
            return None
        cleaned = clean_choices(self, question, value)
        self._check_exclusive(question, [choice_code(item) for item in cleaned])
        order = {code: n for n, code in enumerate(question.choice_codes)}
        return sorted(cleaned, key=lambda item: order[choice_code(item)]) or None

    def _check_exclusive(self, question: QuestionSpec, codes: Sequence[str]) -> None:
        for code in codes:
            choice = question.choices_by_code[code]
            if choice.exclusive and len(codes) > 1:
                raise ValidationError(
                    f"{quoted(choice.label)} ne va avec aucun autre choix.", code="exclusive"
                )

    def rows(self, value: Any) -> list[Row]:
        return [choice_row(item) for item in value or ()]

    def value(self, rows: Sequence[Row]) -> Any:
        return [choice_value(row) for row in rows] or None

    def widget(self, question: QuestionSpec) -> Options:
        return Options(question, several=True)

    def words(self, question: QuestionSpec, value: Any) -> str:
        return "\u202f; ".join(choice_words(question, item) for item in value)

    def schema(self, question: QuestionSpec) -> dict[str, Any]:
        return {"type": "array", "items": choice_schema(question)}

    def problems(self, question: QuestionSpec) -> Iterator[tuple[str, str]]:
        yield from super().problems(question)
        if len(question.choices) < 2:
            yield "choices", "must list two choices or more"
