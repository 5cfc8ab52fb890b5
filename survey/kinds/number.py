from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from survey.french import number as in_french
from survey.kinds.base import Kind, Row, Shape
from survey.questionnaire import QuestionSpec
from survey.widgets import Number as NumberWidget

DECIMALS = 3
LARGEST = 10**9
NOT_A_NUMBER = ValidationError("Écrivez un nombre, par exemple 12 ou 12,5.", code="number")


class Number(Kind):
    """A number in a unit, within bounds; people write it with a decimal comma."""

    code = "number"
    name = "nombre"
    shape = Shape.NUMBER
    options = frozenset({"unit", "unit_one", "minimum", "maximum"})

    def measure(self, question: QuestionSpec) -> str:
        return "numeric"

    def clean(self, question: QuestionSpec, value: Any) -> Any:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        number = _decimal(value)
        self._check_bounds(question, number)
        if number != round(number, DECIMALS):
            raise ValidationError("Trois décimales au plus.", code="decimals")
        return _plain(number)

    def _check_bounds(self, question: QuestionSpec, number: Decimal) -> None:
        minimum = -LARGEST if question.minimum is None else max(question.minimum, -LARGEST)
        maximum = LARGEST if question.maximum is None else min(question.maximum, LARGEST)
        if not minimum <= number <= maximum:
            raise ValidationError(
                f"Donnez un nombre entre {in_french(minimum)} et {in_french(maximum)}.",
                code="bounds",
            )

    def rows(self, value: Any) -> list[Row]:
        return [] if value is None else [Row(number=Decimal(str(value)))]

    def value(self, rows: Sequence[Row]) -> Any:
        return _plain(rows[0].number) if rows and rows[0].number is not None else None

    def widget(self, question: QuestionSpec) -> NumberWidget:
        return NumberWidget(question)

    def words(self, question: QuestionSpec, value: Any) -> str:
        unit = question.unit_one if abs(value) < 2 and question.unit_one else question.unit
        return f"{in_french(value)} {unit}".strip()

    def schema(self, question: QuestionSpec) -> dict[str, Any]:
        bounds = {"minimum": question.minimum, "maximum": question.maximum}
        return {"type": "number"} | {k: v for k, v in bounds.items() if v is not None}

    def problems(self, question: QuestionSpec) -> Iterator[tuple[str, str]]:
        yield from super().problems(question)
        low, high = question.minimum, question.maximum
        if low is not None and high is not None and low >= high:
            yield "minimum", "must be smaller than maximum"


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise NOT_A_NUMBER
    written = str(value).replace(",", ".")
    try:
        number = Decimal("".join(written.split()))
    except InvalidOperation as error:
        raise NOT_A_NUMBER from error
    if not number.is_finite() or "_" in written:
        raise NOT_A_NUMBER
    return number


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
