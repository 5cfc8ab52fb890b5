"""A section of the questionnaire as a form, and what of a posted one has changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from survey import conditions
from survey.filling import Both, Consents
from survey.french import quoted
from survey.kinds import kind_of
from survey.questionnaire import Condition, QuestionSpec, SectionSpec, Structure
from survey.responses import Values, digest


class SectionForm(forms.Form):
    """A field a question; the widgets know how each kind looks."""

    def __init__(self, section: SectionSpec, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=False, **kwargs)
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
        return Consents(**{each.name: self.cleaned_data[each.name] for each in fields(Consents)})


@dataclass(frozen=True)
class Reading:
    """What was posted and differs from what the page had shown; `errors` by question.

    `shown`: the digests of what the page had shown.
    """

    changed: Mapping[str, Any]
    errors: Mapping[str, list[str]]
    shown: dict[str, str]

    @property
    def typed(self) -> frozenset[str]:
        """The questions whose field holds something else than the page had shown."""
        return frozenset(self.changed) | frozenset(self.errors)

    @property
    def held(self) -> dict[str, str]:
        """The digests of the answers that the page holds, of those that are valid."""
        posted = {code: digest(value) for code, value in self.changed.items()}
        return {c: d for c, d in (self.shown | posted).items() if c not in self.errors}


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
        widget = kind.widget(question)
        posted = widget.value_from_datadict(data, {}, question.code)
        try:
            value = kind.clean(question, posted)
        except ValidationError:
            given.append((question, "\u202f; ".join(widget.typed(data, question.code))))
            continue
        if value is not None:
            given.append((question, words(question, value)))
    return given


@dataclass(frozen=True)
class Sent:
    """A section as it was posted: its fields, what was read there, what had changed elsewhere."""

    data: QueryDict
    reading: Reading
    conflicts: Mapping[str, Both]

    @property
    def to_review(self) -> frozenset[str]:
        """The questions whose answer could not be saved, and waits for the person."""
        return frozenset(self.reading.errors) | frozenset(self.conflicts)


NOTHING_SENT = Sent(QueryDict(), Reading({}, {}, {}), {})


@dataclass(frozen=True)
class Asked:
    """A question as its section page shows it.

    `waits`: its answer is to be reviewed before going on. `is_lost`: what its field holds came
    too late to be saved.
    """

    question: QuestionSpec
    field: str
    shown: str
    errors: Sequence[str]
    saved_elsewhere: str
    waits: bool
    is_lost: bool
    rule: str
    condition: str


def asked(
    structure: Structure,
    section: SectionSpec,
    values: Values,
    codes: frozenset[str],
    sent: Sent = NOTHING_SENT,
    *,
    closed: bool = False,
    focus: str = "",
) -> list[Asked]:
    """The questions of a section page: those asked, and those that an answer on it would open.

    `values` are what is saved, `codes` what is asked. Fields hold what is saved, but for what
    was typed in what was `sent`; they are read-only once `closed`. `focus`: the question where the
    keyboard starts, if none waits to be reviewed.
    """
    saved, posted = SectionForm(section, initial=dict(values)), SectionForm(section, sent.data)
    typed, errors = sent.reading.typed, sent.reading.errors
    waiting = [q.code for q in section.questions if q.code in sent.to_review & codes and not closed]
    shown = []
    for question in _on_page(section, codes):
        code, condition = question.code, question.condition
        conflict = sent.conflicts.get(code)
        attributes = {"readonly": closed, "autofocus": code in (waiting[:1] or [focus])}
        if code in errors:
            attributes |= {"aria-invalid": "true", "aria-describedby": f"erreur-{code}"}
        # A conflict that is not asked about stays one: nobody has seen both and chosen.
        unseen = conflict is not None and code not in codes
        shown.append(
            Asked(
                question=question,
                field=(posted if code in typed else saved)[code].as_widget(attrs=attributes),
                shown=sent.reading.shown[code] if unseen else digest(values.get(code)),
                errors=errors.get(code, ()),
                saved_elsewhere=words(question, conflict["saved"]) if conflict else "",
                waits=code in waiting,
                is_lost=closed and code in typed,
                rule=json.dumps(condition.rule) if condition else "",
                condition=_condition_words(structure, condition) if condition else "",
            )
        )
    return shown


def _on_page(section: SectionSpec, codes: frozenset[str]) -> list[QuestionSpec]:
    here: dict[str, QuestionSpec] = {}
    for question in section.questions:
        condition = question.condition
        if not condition or question.code in codes or condition.question in here:
            here[question.code] = question
    return list(here.values())


def words(question: QuestionSpec, value: Any) -> str:
    """An answer as a person reads it."""
    return "sans réponse" if value is None else kind_of(question).words(question, value)


def _condition_words(structure: Structure, condition: Condition) -> str:
    parent = structure.questions[condition.question]
    answered = conditions.in_words(condition, parent, quoted(parent.label))
    return f"À remplir si vous avez {answered}."
