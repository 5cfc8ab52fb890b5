from collections.abc import Sequence
from typing import Any

from survey.kinds.base import MAXIMUM_TEXT_LENGTH, Kind, Row, Shape, clean_text
from survey.questionnaire import QuestionSpec
from survey.widgets import LongText as LongTextWidget


class LongText(Kind):
    """A text as long as a person cares to write."""

    code = "long_text"
    name = "texte long"
    shape = Shape.TEXT
    seconds = 90

    def measure(self, question: QuestionSpec) -> str:
        return "text"

    def clean(self, question: QuestionSpec, value: Any) -> Any:
        return None if value is None else clean_text(value) or None

    def rows(self, value: Any) -> list[Row]:
        return [] if value is None else [Row(text=value)]

    def value(self, rows: Sequence[Row]) -> Any:
        return rows[0].text if rows else None

    def widget(self, question: QuestionSpec) -> LongTextWidget:
        return LongTextWidget(question)

    def words(self, question: QuestionSpec, value: Any) -> str:
        return value

    def schema(self, question: QuestionSpec) -> dict[str, Any]:
        return {"type": "string", "maxLength": MAXIMUM_TEXT_LENGTH}
