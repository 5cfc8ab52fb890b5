"""What the list of texts is filtered by."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from survey.models import Answer


class VerdictFilter(admin.SimpleListFilter):
    """Texts that wait to be read are what is shown unless something else is asked for.

    Those whose author did not agree can never go out and wait for nobody: they stand apart.
    """

    title = "décision"
    parameter_name = "verdict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        decided = [choice for choice in Answer.Verdict.choices if choice[0] != "pending"]
        others = [("unagreed", "sans accord pour paraître"), ("all", "toutes")]
        return [(str(code), str(label)) for code, label in decided] + others

    def choices(self, changelist: Any) -> Iterable[dict[str, Any]]:
        first, *others = super().choices(changelist)
        yield first | {"display": Answer.Verdict.PENDING.label}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        if self.value() == "unagreed":
            return queryset.filter(agreed=False)
        if self.value() in Answer.Verdict.values:
            return queryset.filter(verdict=self.value())
        return queryset.waiting()


class PrecisionFilter(admin.SimpleListFilter):
    """What was written beside « Autre », whatever was decided of it; like words stand together."""

    title = "précision sur «\u00a0Autre\u00a0»"
    parameter_name = "precision"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("other", "comptée avec «\u00a0Autre\u00a0»"), ("coded", "comptée ailleurs")]

    def choices(self, changelist: Any) -> Iterable[dict[str, Any]]:
        first, *others = super().choices(changelist)
        yield first
        for other, (value, _) in zip(others, self.lookup_choices, strict=True):
            wanted = {self.parameter_name: value, VerdictFilter.parameter_name: "all"}
            yield other | {"query_string": changelist.get_query_string(wanted)}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("other", "coded"):
            return queryset
        return queryset.precisions().filter(coded_as__isnull=self.value() == "other")
