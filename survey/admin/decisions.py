from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from survey.admin.moderating import (
    ACCOUNT,
    VERDICT_LABELS,
    PersonFilter,
    ReadOnlyAdmin,
    badge_after,
    badge_before,
    titled,
)
from survey.models import Decision
from survey.moderation import name_of


class VerdictFilter(admin.SimpleListFilter):
    title = "décision"
    parameter_name = "verdict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return VERDICT_LABELS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        return queryset.filter(verdict=self.value()) if self.value() else queryset


class AboutFilter(admin.SimpleListFilter):
    title = "objet"
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("text", "un texte"), ("respondent", "un répondant")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        if self.value() not in ("text", "respondent"):
            return queryset
        return queryset.filter(question__isnull=self.value() == "respondent")


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """The log of every verdict: to be read, searched, never changed."""

    change_list_template = "admin/log/change_list.html"
    number_field = "respondent__number"
    list_display = ("moment", "number", "about", "before", "after", "reason", "author")
    list_filter = (
        *(VerdictFilter, AboutFilter, ("by", PersonFilter)),
        ("at", titled("date", admin.DateFieldListFilter)),
    )
    list_select_related = ("respondent", "question", "choice", "by")
    search_fields = ("reason", "text", "public_text", "counted_as", *ACCOUNT)
    search_help_text = "Un numéro de répondant, ou des mots d’un motif ou d’un texte."
    fields = ("at", "author", "number", "about", "before", "after", "reason", "text", "public_text")
    readonly_fields = fields

    @admin.display(description="date", ordering="at")
    def moment(self, decision: Decision) -> str:
        return date_format(timezone.localtime(decision.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description="répondant", ordering="respondent__number")
    def number(self, decision: Decision) -> str:
        return str(decision.respondent)

    @admin.display(description="par", ordering="by__username")
    def author(self, decision: Decision) -> str:
        return name_of(decision.by)

    @admin.display(description="objet", ordering="question__title")
    def about(self, decision: Decision) -> str:
        if decision.question is None:
            return "toutes ses réponses"
        beside = f" · {decision.choice}" if decision.choice else ""
        return f"{decision.question.title}{beside}"

    @admin.display(description="avant", ordering="previous")
    def before(self, decision: Decision) -> SafeString:
        return badge_before(decision)

    @admin.display(description="décision", ordering="verdict")
    def after(self, decision: Decision) -> SafeString:
        return badge_after(decision)
