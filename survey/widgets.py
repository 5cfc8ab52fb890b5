"""How questions look in a form: a template each, and how what was posted becomes a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from survey.questionnaire import QuestionSpec


class QuestionWidget(forms.Widget):
    def __init__(self, question: QuestionSpec) -> None:
        super().__init__()
        self.question = question

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["question"] = self.question
        return context

    def format_value(self, value: Any) -> Any:
        return value


class Options(QuestionWidget):
    """Radio buttons or checkboxes as full-width rows; « Autre » opens a field for its precision."""

    template_name = "survey/widgets/options.html"
    use_fieldset = True

    def __init__(self, question: QuestionSpec, *, several: bool) -> None:
        super().__init__(question)
        self.several = several

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = _chosen(value)
        context["widget"] |= {
            "type": "checkbox" if self.several else "radio",
            "options": [
                {
                    "choice": choice,
                    "checked": choice.code in chosen,
                    "other": chosen.get(choice.code),
                }
                for choice in self.question.choices
            ],
        }
        return context

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> Any:
        codes = [code for code in data.getlist(name) if code]
        other = data.get(f"{name}__other", "").strip()
        if other:
            codes = self._with_other(codes)
        values = [self._value(code, other) for code in codes]
        if self.several:
            return values or None
        return values[0] if values else None

    def _with_other(self, codes: list[str]) -> list[str]:
        """Whoever writes a precision means « Autre », ticked or not, unless a choice stands."""
        if not self.several and codes:
            return codes
        others = [c.code for c in self.question.choices if c.other]
        return codes if set(others) & set(codes) else codes + others[:1]

    def _value(self, code: str, other: str) -> Any:
        takes_it = code in self.question.other_codes or not self.several
        return {"choice": code, "other": other} if other and takes_it else code


def _chosen(value: Any) -> Mapping[str, str]:
    """The chosen codes and their precisions, of a value as stored or as posted."""
    items = value if isinstance(value, list) else [] if value in (None, "") else [value]
    return {
        item["choice"] if isinstance(item, dict) else item: item.get("other", "")
        if isinstance(item, dict)
        else ""
        for item in items
    }


@dataclass(frozen=True)
class TiedRanks:
    """Ranks as they were posted when two items share one: kept, so that the page can show them."""

    ranks: Mapping[str, str]
    problem: str


class Ranking(QuestionWidget):
    """A select a row, « — », « Public n°1 », « Public n°2 » …"""

    template_name = "survey/widgets/ranking.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ranks = self._ranks(value)
        context["widget"] |= {
            "ranks": range(1, len(self.question.choices) + 1),
            "items": [
                {
                    "choice": choice,
                    "name": f"{name}__{choice.code}",
                    "rank": ranks.get(choice.code, ""),
                }
                for choice in self.question.choices
            ],
        }
        return context

    def _ranks(self, value: Any) -> Mapping[str, str]:
        if isinstance(value, TiedRanks):
            return value.ranks
        return {code: str(rank) for rank, code in enumerate(_chosen(value), start=1)}

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> Any:
        given = {c.code: data.get(f"{name}__{c.code}", "") for c in self.question.choices}
        ranks = {code: rank for code, rank in given.items() if rank}
        problem = self._problem(ranks)
        if problem:
            return TiedRanks(ranks, problem)
        return sorted(ranks, key=lambda code: int(ranks[code])) or None

    def _problem(self, ranks: Mapping[str, str]) -> str:
        allowed = {str(rank) for rank in range(1, len(self.question.choices) + 1)}
        taken: dict[str, str] = {}
        for code, rank in ranks.items():
            label = self.question.choices_by_code[code].label
            if rank not in allowed:
                return f"« {rank} » n’est pas un rang possible."
            if rank in taken:
                return (
                    f"Le rang n°{rank} est donné à « {taken[rank]} » et à « {label} » : "
                    "gardez-le pour l’un des deux."
                )
            taken[rank] = label
        return ""


class Number(QuestionWidget):
    template_name = "survey/widgets/number.html"

    def format_value(self, value: Any) -> str:
        return str(value).replace(".", ",") if value is not None else ""


class ShortText(QuestionWidget):
    template_name = "survey/widgets/short_text.html"


class LongText(QuestionWidget):
    template_name = "survey/widgets/long_text.html"


class Department(QuestionWidget):
    """A field that searches as one types and takes a number, a name or a listed label."""

    template_name = "survey/widgets/department.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["options"] = [choice.label for choice in self.question.choices]
        return context

    def format_value(self, value: Any) -> str:
        choice = self.question.choices_by_code.get(value) if isinstance(value, str) else None
        return choice.label if choice else value or ""


@dataclass(frozen=True)
class Marked:
    """« Does not concern me » is ticked; `answer`: what the fields above it hold all the same."""

    answer: Any


class WithMark(forms.Widget):
    """The widget of a question of any kind, and under it « does not concern me »."""

    template_name = "survey/widgets/with_mark.html"

    def __init__(self, answer: forms.Widget) -> None:
        super().__init__()
        self.answer = answer

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        is_marked = isinstance(value, Marked)
        context = super().get_context(name, None, attrs)
        answer = self.answer.get_context(name, value.answer if is_marked else value, attrs)
        context["widget"] |= {"answer": answer["widget"], "is_marked": is_marked}
        return context

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> Any:
        answer = self.answer.value_from_datadict(data, files, name)
        return Marked(answer) if f"not_concerned__{name}" in data else answer
