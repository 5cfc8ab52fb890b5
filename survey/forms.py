"""A section of the questionnaire as a form, and what of a posted one has changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from survey.filling import Both, Consents
from survey.kinds import kind_of
from survey.questionnaire import Condition, QuestionSpec, SectionSpec, Structure
from survey.responses import Values, digest


class SectionForm(forms.Form):
    """A field a question; the widgets know how each kind looks."""

    def __init__(self, section: SectionSpec, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in section.questions:
            self.fields[question.code] = kind_of(question).form_field(question)


class ConsentsForm(forms.Form):
    participate = forms.BooleanField(
        label="J’accepte de participer : mes réponses sont comptées dans le rapport.",
        error_messages={"required": "Sans cet accord, le questionnaire ne peut pas commencer."},
    )
    publish_texts = forms.BooleanField(
        required=False,
        label="J’accepte que mes textes soient publiés, après relecture, sans mon nom.",
    )
    name_structure = forms.BooleanField(
        required=False,
        label="J’accepte que ma structure soit nommée, à part de mes textes.",
    )

    @property
    def consents(self) -> Consents:
        return Consents(**self.cleaned_data)


@dataclass(frozen=True)
class Reading:
    """What was posted and differs from what the page had shown; `errors` by question.

    `shown`: the digests of what the page had shown.
    """

    changed: Mapping[str, Any]
    errors: Mapping[str, list[str]]
    shown: Mapping[str, str]

    @property
    def typed(self) -> frozenset[str]:
        """The questions whose field holds something else than the page had shown."""
        return frozenset(self.changed) | frozenset(self.errors)


def read(section: SectionSpec, data: QueryDict) -> Reading:
    """Read a posted section, whole or some questions of it.

    A question whose answer is as the page showed it is no change, whatever is stored by now.
    """
    changed: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for question in section.questions:
        if f"shown__{question.code}" not in data or f"keep__{question.code}" in data:
            continue
        shown[question.code] = data[f"shown__{question.code}"]
        kind = kind_of(question)
        posted = kind.widget(question).value_from_datadict(data, {}, question.code)
        try:
            value = kind.clean(question, posted)
        except ValidationError as error:
            errors[question.code] = error.messages
            continue
        if digest(value) != shown[question.code]:
            changed[question.code] = value
    return Reading(changed, errors, shown)


def in_words(section: SectionSpec, data: QueryDict) -> list[tuple[QuestionSpec, str]]:
    """What was typed or chosen in a posted section, valid or not, as a person reads it."""
    given = []
    for question in section.questions:
        kind = kind_of(question)
        posted = kind.widget(question).value_from_datadict(data, {}, question.code)
        try:
            written = words(question, value) if (value := kind.clean(question, posted)) else ""
        except ValidationError:
            written = " ".join(data.getlist(question.code))
        if written:
            given.append((question, written))
    return given


@dataclass(frozen=True)
class Asked:
    """A question as its section page shows it."""

    question: QuestionSpec
    field: forms.BoundField
    shown: str
    errors: Sequence[str]
    saved_elsewhere: str
    rule: str
    condition: str


def asked(
    structure: Structure,
    section: SectionSpec,
    values: Values,
    codes: frozenset[str],
    data: QueryDict | None = None,
    reading: Reading | None = None,
    conflicts: Mapping[str, Both] | None = None,
) -> list[Asked]:
    """The questions of a section page: those asked, and those that an answer on it would open.

    `values` are what is saved, `codes` what is asked. Fields hold what is saved, but for what
    was typed in the `data` of this `reading`.
    """
    saved, posted = SectionForm(section, initial=dict(values)), SectionForm(section, data)
    typed = reading.typed if reading else ()
    errors = reading.errors if reading else {}
    shown: list[Asked] = []
    here: set[str] = set()
    for question in section.questions:
        condition = question.condition
        if condition and question.code not in codes and condition.question not in here:
            continue
        here.add(question.code)
        conflict = (conflicts or {}).get(question.code)
        shown.append(
            Asked(
                question=question,
                field=(posted if question.code in typed else saved)[question.code],
                shown=digest(values.get(question.code)),
                errors=errors.get(question.code, ()),
                saved_elsewhere=words(question, conflict["saved"]) if conflict else "",
                rule=json.dumps(condition.rule) if condition else "",
                condition=_condition_words(structure, condition) if condition else "",
            )
        )
    return shown


def words(question: QuestionSpec, value: Any) -> str:
    """An answer as a person reads it."""
    return "sans réponse" if value is None else kind_of(question).words(question, value)


def _condition_words(structure: Structure, condition: Condition) -> str:
    parent = structure.questions[condition.question]
    labels = " ou ".join(
        f"«\u00a0{parent.choices_by_code[code].label}\u00a0»" for code in condition.choices
    )
    answered = "est" if condition.any_of else "n’est pas"
    return f"À remplir si votre réponse à «\u00a0{parent.label}\u00a0» {answered} {labels}."
