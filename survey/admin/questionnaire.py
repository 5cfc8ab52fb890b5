"""The questionnaire's wording, order of choices and campaign; never codes, kinds or conditions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Model, QuerySet, TextField
from django.http import HttpRequest

from survey import conditions
from survey.admin.moderating import ListAdmin, titled
from survey.french import quoted
from survey.kinds import KINDS
from survey.models import Choice, Question, Questionnaire, Section


class LinesField(forms.CharField):
    """A list of texts, written one a line."""

    widget = AdminTextareaWidget(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        return _lines(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != _lines(data or "")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class KindFilter(admin.AllValuesFieldListFilter):
    """The kinds that questions have, by their names."""

    def choices(self, changelist: Any) -> Iterable[dict[str, Any]]:
        for choice in super().choices(changelist):
            kind = KINDS.get(choice["display"])
            yield choice | {"display": kind.name if kind else choice["display"]}


class QuestionnaireForm(forms.ModelForm):
    guiding_questions = LinesField(
        label="Questions directrices", required=False, help_text="Une par ligne."
    )

    class Meta:
        model = Questionnaire
        fields = (
            *("title", "introduction", "guiding_questions"),
            *("opens_at", "closes_at", "circulation"),
        )

    def clean(self) -> None:
        super().clean()
        opens_at, closes_at = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "La clôture doit venir après l’ouverture.")


class ChoiceForm(forms.ModelForm):
    place = forms.IntegerField(min_value=1, widget=forms.NumberInput(attrs={"class": "place"}))

    class Meta:
        model = Choice
        fields = ("label", "place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["place"] = self.instance.position + 1


class WordingInline(admin.options.InlineModelAdmin):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SectionInline(WordingInline, admin.StackedInline):
    model = Section
    fields = ("title", "introduction")


class ChoiceInline(WordingInline, admin.TabularInline):
    model = Choice
    form = ChoiceForm
    fields = ("place", "label", "code", "exclusive", "other", "added")
    readonly_fields = ("code", "exclusive", "other", "added")
    verbose_name_plural = "choix\u00a0: donnez à un choix la place voulue, les autres se décalent"


class WordingAdmin(ListAdmin):
    """Changes what editors may change, column by column, and tells the readers once."""

    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool
    ) -> None:
        # Other columns, as the last number given, may have moved since this page was shown.
        if form.changed_data:
            obj.save(update_fields=form.changed_data)

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool
    ) -> None:
        formset.save(commit=False)
        columns = {field.name for field in formset.model._meta.fields}
        for row, changed in formset.changed_objects:
            row.save(update_fields=columns & {*changed})

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Sequence[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            self.questionnaire_of(form.instance).restructured()

    def questionnaire_of(self, row: Any) -> Questionnaire:
        return row.questionnaire


@admin.register(Questionnaire)
class QuestionnaireAdmin(WordingAdmin):
    form = QuestionnaireForm
    inlines = (SectionInline,)
    list_display = ("title", "code", "opens_at", "closes_at")
    readonly_fields = ("code",)
    fieldsets = (
        (None, {"fields": ("code", "title", "introduction", "guiding_questions")}),
        ("Campagne", {"fields": ("opens_at", "closes_at", "circulation")}),
    )

    def questionnaire_of(self, row: Any) -> Questionnaire:
        return row


@admin.register(Section)
class SectionAdmin(WordingAdmin):
    fields = ("code", "title", "introduction")
    readonly_fields = ("code",)
    list_display = ("title", "code", "introduction")
    search_fields = ("title", "introduction", "code")


@admin.register(Question)
class QuestionAdmin(WordingAdmin):
    list_display = ("title", "label", "part", "kind_name", "asked_if")
    list_filter = (
        ("section", titled("partie", admin.RelatedFieldListFilter)),
        ("kind", KindFilter),
    )
    list_select_related = ("section", "questionnaire")
    ordering = ("section__position", "position")
    search_fields = ("title", "label", "help", "code", "choices__label")
    fields = ("part", "code", "kind_name", "asked_if", "consent", "title", "label", "help")
    readonly_fields = ("part", "code", "kind_name", "asked_if", "consent")

    def get_inlines(self, request: HttpRequest, obj: Question | None = None) -> Sequence[Any]:
        """The choices, unless the kind brings its own, as yes and no: those are everyone's."""
        return () if obj is None or KINDS[obj.kind].own_choices else (ChoiceInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).prefetch_related("questionnaire__questions__choices")

    @admin.display(description="partie", ordering="section__position")
    def part(self, question: Question) -> str:
        return question.section.title

    @admin.display(description="type", ordering="kind")
    def kind_name(self, question: Question) -> str:
        return KINDS[question.kind].name

    @admin.display(description="posée si")
    def asked_if(self, question: Question) -> str:
        if not question.condition:
            return "toujours posée"
        siblings = question.questionnaire.questions.all()
        parent = next(q for q in siblings if q.code == question.condition["question"])
        rule = question.spec.condition
        return f"on a {conditions.in_words(rule, parent.spec, quoted(parent.title))}"

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool
    ) -> None:
        super().save_formset(request, form, formset, change)
        if not formset.has_changed():
            return
        for position, choice in enumerate(_in_wanted_order(formset.initial_forms)):
            if choice.position != position:
                choice.position = position
                choice.save(update_fields=["position"])


def _in_wanted_order(choices: Sequence[ChoiceForm]) -> list[Choice]:
    """A choice that was given a place takes it; the others keep their order around it."""
    moved = [form for form in choices if "place" in form.changed_data]
    order = [form.instance for form in choices if form not in moved]
    for form in sorted(moved, key=lambda form: form.cleaned_data["place"]):
        order.insert(form.cleaned_data["place"] - 1, form.instance)
    return order
