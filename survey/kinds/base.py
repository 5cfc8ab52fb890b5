"""What every kind of question promises: form field, cleaning, answer rows, API value, measure."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from survey.french import number, quoted
from survey.questionnaire import ChoiceSpec, QuestionSpec
from survey.widgets import MISPLACED_PRECISION, Contradiction, Marked, QuestionWidget, WithMark

MAXIMUM_TEXT_LENGTH = 20_000

KINDS: dict[str, "Kind"] = {}


class Shape(StrEnum):
    """Which columns an answer row fills; the database holds each row to its shape."""

    CHOICE = "choice"
    CHOICES = "choices"
    RANKS = "ranks"
    NUMBER = "number"
    TEXT = "text"
    NOT_CONCERNED = "not_concerned"
    """No column at all; every other shape is that of some kinds."""


@dataclass(frozen=True)
class Row:
    """One row of an answer, before it has a respondent."""

    choice: str | None = None
    rank: int | None = None
    number: Decimal | None = None
    text: str = ""


NOT_CONCERNED = {"not_concerned": True}
"""The answer « this question does not concern me », to a question of any kind."""
NOT_CONCERNED_ROW = Row()


class Kind(ABC):
    """A kind of question. `value` below is the API's form of an answer; None is an empty one.

    A kind never meets NOT_CONCERNED: OrNotConcerned, mixed into each, takes it before.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    """What editors read in place of the code, in French."""
    shape: ClassVar[Shape]
    seconds: ClassVar[int] = 10
    """About how long an answer takes, for the minutes left."""
    options: ClassVar[frozenset[str]] = frozenset()
    """Keys of the questionnaire file that only some kinds understand."""
    own_choices: ClassVar[tuple[ChoiceSpec, ...]] = ()
    """The choices of a kind that brings its own, as yes and no."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        code = cls.__dict__.get("code")
        if code is None:
            return
        if code in KINDS:
            raise TypeError(f"{cls.__name__}: the kind {code!r} exists already.")
        # One that is inherited would give two kinds the same name.
        if not cls.__dict__.get("name"):
            raise TypeError(f"{cls.__name__}: the kind {code!r} has no name; write one in French.")
        KINDS[code] = type(cls.__name__, (OrNotConcerned, cls), {})()

    @abstractmethod
    def measure(self, question: QuestionSpec) -> str:
        """The name of the measure that summarises such answers."""

    @abstractmethod
    def clean(self, question: QuestionSpec, value: Any) -> Any:
        """Return the canonical value, None if empty; raise ValidationError in French."""

    @abstractmethod
    def rows(self, value: Any) -> list[Row]:
        """The rows that store a canonical value."""

    @abstractmethod
    def value(self, rows: Sequence[Row]) -> Any:
        """The canonical value that these rows store."""

    @abstractmethod
    def widget(self, question: QuestionSpec) -> QuestionWidget | WithMark: ...

    @abstractmethod
    def words(self, question: QuestionSpec, value: Any) -> str:
        """The value as a person reads it."""

    @abstractmethod
    def schema(self, question: QuestionSpec) -> dict[str, Any]:
        """The JSON schema of a value, for the API's documentation."""

    def choices(self, question: QuestionSpec) -> tuple[ChoiceSpec, ...]:
        return self.own_choices or question.choices

    def form_field(self, question: QuestionSpec) -> "AnswerField":
        return AnswerField(self, question)

    def problems(self, question: QuestionSpec) -> Iterator[tuple[str, str]]:
        """What this kind cannot accept in the file: pairs of key and problem."""
        for key in ("choices", "ordered", "unit", "unit_one", "item", "minimum", "maximum"):
            if key not in self.options and getattr(question, key) not in ((), "", False, None):
                yield key, f'has no meaning for the kind "{self.code}"'


class OrNotConcerned(Kind):
    """What every kind takes beside its own answers: the mark that the question does not concern."""

    def clean(self, question: QuestionSpec, value: Any) -> Any:
        if isinstance(value, Marked):
            return self._clean_marked(question, value.answer)
        if isinstance(value, Contradiction):
            raise ValidationError(value.problem, code="contradiction")
        if isinstance(value, dict) and "not_concerned" in value:
            return _clean_mark(value)
        return super().clean(question, value)

    def _clean_marked(self, question: QuestionSpec, answer: Any) -> Any:
        try:
            is_empty = super().clean(question, answer) is None
        except ValidationError:
            is_empty = False
        if is_empty:
            return NOT_CONCERNED
        raise ValidationError(
            "Vous avez répondu, et coché «\u00a0Cette question ne me concerne pas\u00a0»\u00a0: "
            "effacez la réponse ou décochez la case.",
            code="not_concerned",
        )

    def rows(self, value: Any) -> list[Row]:
        return [NOT_CONCERNED_ROW] if value == NOT_CONCERNED else super().rows(value)

    def value(self, rows: Sequence[Row]) -> Any:
        return NOT_CONCERNED if NOT_CONCERNED_ROW in rows else super().value(rows)

    def widget(self, question: QuestionSpec) -> WithMark:
        return WithMark(super().widget(question))

    def words(self, question: QuestionSpec, value: Any) -> str:
        return "Non concerné" if value == NOT_CONCERNED else super().words(question, value)


def _clean_mark(value: dict[str, Any]) -> dict[str, Any]:
    if value.keys() != NOT_CONCERNED.keys() or value["not_concerned"] is not True:
        raise ValidationError(
            '«\u00a0Non concerné\u00a0» s’écrit {"not_concerned": true}, sans rien d’autre\u202f; '
            "null efface la réponse.",
            code="not_concerned",
        )
    return NOT_CONCERNED


class AnswerField(forms.Field):
    """The form field of a question of any kind; its cleaned value is the API's."""

    def __init__(self, kind: Kind, question: QuestionSpec) -> None:
        self.kind = kind
        self.question = question
        super().__init__(
            label=question.label,
            help_text=question.help,
            required=False,
            widget=kind.widget(question),
        )

    def prepare_value(self, value: Any) -> Any:
        return Marked(None) if value == NOT_CONCERNED else value

    def clean(self, value: Any) -> Any:
        return self.kind.clean(self.question, value)


def clean_text(value: Any) -> str:
    """The text as stored: Unix line ends, no white space around it; "" if nothing is left."""
    if not isinstance(value, str):
        raise ValidationError("Écrivez un texte.", code="type")
    if "\x00" in value:
        raise ValidationError(
            "Ce texte contient un caractère nul, impossible à enregistrer.", code="nul"
        )
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValidationError("Ce texte contient un caractère invalide.", code="encoding")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > MAXIMUM_TEXT_LENGTH:
        raise ValidationError(
            f"Ce texte fait {number(len(text))} caractères\u202f; le maximum est de "
            f"{number(MAXIMUM_TEXT_LENGTH)}. "
            "Raccourcissez-le ou continuez dans une autre question.",
            code="too_long",
        )
    return text


def unknown_choice(code: Any) -> ValidationError:
    if not isinstance(code, str):
        return ValidationError("Donnez le code d’un choix, entre guillemets.", code="type")
    return ValidationError(f"{quoted(code)} n’est pas un choix de cette question.", code="choice")


def clean_choice(question: QuestionSpec, choices: Iterable[ChoiceSpec], value: Any) -> Any:
    """Return `code`, or `{"choice": code, "other": text}` where a precision was written."""
    code, other = value, ""
    if isinstance(value, dict):
        if not {"choice"} <= value.keys() <= {"choice", "other"}:
            raise ValidationError("Un choix s’écrit {choice, other}.", code="type")
        code, other = value["choice"], clean_text(value.get("other") or "")
    known = {choice.code: choice for choice in choices if not choice.added}
    if not isinstance(code, str) or code not in known:
        raise unknown_choice(code)
    if other and not known[code].other:
        raise ValidationError(MISPLACED_PRECISION, code="other")
    return {"choice": code, "other": other} if other else code


def choice_row(value: Any, rank: int | None = None) -> Row:
    if isinstance(value, dict):
        return Row(choice=value["choice"], text=value["other"], rank=rank)
    return Row(choice=value, rank=rank)


def choice_value(row: Row) -> Any:
    return {"choice": row.choice, "other": row.text} if row.text else row.choice


def choice_code(value: Any) -> str:
    return value["choice"] if isinstance(value, dict) else value


def choice_words(question: QuestionSpec, value: Any) -> str:
    code = choice_code(value)
    spec = question.choices_by_code.get(code)
    label = spec.label if spec else code
    return f"{label}\u00a0: {value['other']}" if isinstance(value, dict) else label


def choice_schema(question: QuestionSpec) -> dict[str, Any]:
    code = {"type": "string", "enum": [choice.code for choice in question.offered]}
    if not question.other_codes:
        return code
    other = {
        "type": "object",
        "properties": {"choice": code, "other": {"type": "string"}},
        "required": ["choice"],
    }
    return {"oneOf": [code, other]}
