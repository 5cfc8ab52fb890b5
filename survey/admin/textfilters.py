"""What the list of texts is filtered by."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from survey.models import Answer


class VerdictFilter(admin.SimpleListFilter):
    """Texts to read are what is shown unless something else is asked for."""

    title = "décision"
    parameter_name = "verdict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        decided = [choice for choice in Answer.Verdict.choices if choice[0] != "pending"]
        return [(str(code), str(label)) for code, label in decided] + [("all", "toutes")]

    def choices(self, changelist: Any) -> Iterable[dict[str, Any]]:
        first, *others = super().choices(changelist)
        yield first | {"display": Answer.Verdict.PENDING.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        if self.value() in Answer.Verdict.values:
            return queryset.filter(verdict=self.value())
        return queryset.pending()


class AgreedFilter(admin.SimpleListFilter):
    title = "accord"
    parameter_name = "agreed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "donné"), ("no", "non donné")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(agreed=self.value() == "yes")
