"""How questions look in a form: a template each, and how what was posted becomes a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from survey import french
from survey.french import quoted
from survey.questionnaire import QuestionSpec

MISPLACED_PRECISION = (
    "Une précision ne va qu’avec «\u00a0Autre\u00a0»\u00a0: "
    "choisissez «\u00a0Autre\u00a0» ou effacez la précision."
)


class QuestionWidget(forms.Widget):
    paper_template_name: ClassVar[str]
    """Where and how the question is answered on the printed questionnaire."""

    def __init__(self, question: QuestionSpec) -> None:
        super().__init__()
        self.question = question

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["question"] = self.question
        return context

    def format_value(self, value: Any) -> Any:
        return value

    def on_paper(self) -> SafeString:
        """Boxes to tick and lines to write on, empty."""
        return render_to_string(self.paper_template_name, {"widget": self})

    def typed(self, data: QueryDict, name: str) -> list[str]:
        """What was posted, valid or not, as a person can read it."""
        return [written for written in data.getlist(name) if written.strip()]


@dataclass(frozen=True)
class Contradiction:
    """What was posted and cannot be one answer: kept, so that the page can show it again."""

    problem: str


@dataclass(frozen=True)
class StrayPrecision(Contradiction):
    """A precision that stands beside other choices than « Autre »."""

    codes: Sequence[str]
    other: str


class Options(QuestionWidget):
    """Radio buttons or checkboxes as full-width rows; « Autre » opens a field for its precision."""

    template_name = "survey/widgets/options.html"
    paper_template_name = "survey/paper/options.html"
    use_fieldset = True

    def __init__(self, question: QuestionSpec, *, several: bool) -> None:
        super().__init__(question)
        self.several = several

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = _chosen(value)
        stray = value.other if isinstance(value, StrayPrecision) else ""
        context["widget"] |= {
            "type": "checkbox" if self.several else "radio",
            "options": [
                {
                    "choice": choice,
                    "checked": choice.code in chosen,
                    "other": chosen.get(choice.code, stray),
                }
                for choice in self.question.offered
            ],
        }
        return context

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> Any:
        given, other = data.getlist(name), self._other(data, name)
        codes = [code for code in given if code]
        if other and not given:
            # Whoever writes a precision and chooses nothing, not even « Sans réponse », means it.
            codes = [choice.code for choice in self.question.choices if choice.other][:1]
        if other and self.question.other_codes.isdisjoint(codes):
            return StrayPrecision(MISPLACED_PRECISION, codes, other)
        values = [self._value(code, other) for code in codes]
        if self.several:
            return values or None
        return values[0] if values else None

    def _value(self, code: str, other: str) -> Any:
        takes_it = other and code in self.question.other_codes
        return {"choice": code, "other": other} if takes_it else code

    def _other(self, data: QueryDict, name: str) -> str:
        return data.get(f"{name}__other", "").strip()

    def typed(self, data: QueryDict, name: str) -> list[str]:
        labels = {choice.code: choice.label for choice in self.question.choices}
        codes = [labels.get(code, code) for code in data.getlist(name) if code]
        other = self._other(data, name)
        return [*codes, other] if other else codes


def _chosen(value: Any) -> Mapping[str, str]:
    """The chosen codes and their precisions, of a value as stored or as posted."""
    if isinstance(value, StrayPrecision):
        return dict.fromkeys(value.codes, "")
    items = value if isinstance(value, list) else [] if value in (None, "") else [value]
    return {
        item["choice"] if isinstance(item, dict) else item: item.get("other", "")
        if isinstance(item, dict)
        else ""
        for item in items
    }


@dataclass(frozen=True)
class TiedRanks(Contradiction):
    """Ranks of which two items share one."""

    ranks: Mapping[str, str]


class Ranking(QuestionWidget):
    """A select a row, « — », « Public n°1 », « Public n°2 » … as the question names its items."""

    template_name = "survey/widgets/ranking.html"
    paper_template_name = "survey/paper/ranking.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ranks = self._ranks(value)
        context["widget"] |= {
            "ranks": [(str(n), rank) for n, rank in enumerate(self.question.ranks, start=1)],
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
        ranks = self._posted(data, name)
        problem = self._problem(ranks)
        if problem:
            return TiedRanks(problem, ranks)
        return sorted(ranks, key=lambda code: int(ranks[code])) or None

    def _posted(self, data: QueryDict, name: str) -> dict[str, str]:
        given = {c.code: data.get(f"{name}__{c.code}", "") for c in self.question.choices}
        return {code: rank for code, rank in given.items() if rank}

    def typed(self, data: QueryDict, name: str) -> list[str]:
        labels = self.question.choices_by_code
        return [f"n°{rank} {labels[code].label}" for code, rank in self._posted(data, name).items()]

    def _problem(self, ranks: Mapping[str, str]) -> str:
        allowed = {str(rank) for rank in range(1, len(self.question.choices) + 1)}
        taken: dict[str, str] = {}
        for code, rank in ranks.items():
            label = self.question.choices_by_code[code].label
            if rank not in allowed:
                return f"{quoted(rank)} n’est pas un rang possible."
            if rank in taken:
                both = f"{quoted(taken[rank])} et à {quoted(label)}"
                return f"Le rang n°{rank} est donné à {both}\u00a0: gardez-le pour l’un des deux."
            taken[rank] = label
        return ""


class Number(QuestionWidget):
    template_name = "survey/widgets/number.html"
    paper_template_name = "survey/paper/number.html"

    def format_value(self, value: Any) -> str:
        return str(value).replace(".", ",") if value is not None else ""

    @property
    def bounds(self) -> str:
        """« de 1 à 600 », « 1 au moins », « 600 au plus », nothing where any number will do."""
        low, high = (
            None if bound is None else french.number(bound)
            for bound in (self.question.minimum, self.question.maximum)
        )
        if low and high:
            return f"de {low} à {high}"
        return f"{low} au moins" if low else f"{high} au plus" if high else ""


class ShortText(QuestionWidget):
    template_name = "survey/widgets/short_text.html"
    paper_template_name = "survey/paper/line.html"


class LongText(QuestionWidget):
    template_name = "survey/widgets/long_text.html"
    paper_template_name = "survey/paper/lines.html"


class Department(QuestionWidget):
    """A field that searches as one types and takes a number, a name or a listed label."""

    template_name = "survey/widgets/department.html"
    paper_template_name = "survey/paper/department.html"

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

    def __init__(self, answer: QuestionWidget) -> None:
        super().__init__()
        self.answer = answer

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        is_marked = isinstance(value, Marked)
        context = super().get_context(name, None, attrs)
        answer = self.answer.get_context(name, value.answer if is_marked else value, attrs)
        context["widget"] |= {"answer": answer["widget"], "is_marked": is_marked}
        return context

    def on_paper(self) -> SafeString:
        answer = self.answer.on_paper()
        return render_to_string("survey/paper/with_mark.html", {"answer": answer})

    def value_from_datadict(self, data: QueryDict, files: Any, name: str) -> Any:
        answer = self.answer.value_from_datadict(data, files, name)
        return Marked(answer) if self._is_marked(data, name) else answer

    def typed(self, data: QueryDict, name: str) -> list[str]:
        mark = ["Cette question ne me concerne pas"] if self._is_marked(data, name) else []
        return [*self.answer.typed(data, name), *mark]

    def _is_marked(self, data: QueryDict, name: str) -> bool:
        return f"not_concerned__{name}" in data
