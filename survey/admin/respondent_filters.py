"""What narrows the list of respondents: how far, when, from which import, texts that wait."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from survey import dates
from survey.french import quoted
from survey.models import Import, TextToRead

WRITTEN_AS = ("%Y-%m-%d", "%d/%m/%Y")
"""As a browser sends a day, and as people type it where the browser has no field for it."""


class KnownFilter(admin.SimpleListFilter):
    """One that says so where the address asks for what it does not know, and shows nobody."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        if self.value() not in {value for value, _ in self.lookup_choices}:
            title = self.title.capitalize()
            asked = f"{title}\u00a0: {quoted(self.value())} n’est pas un choix de ce filtre."
            messages.error(request, f"{asked} Rien n’est montré.")
            return queryset.none()
        return self.narrowed(request, queryset)

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        raise NotImplementedError


class CompleteFilter(KnownFilter):
    title = "questionnaire"
    parameter_name = "complete"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "terminé"), ("no", "en cours")]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(completed_at__isnull=self.value() == "no")


class WaitingFilter(KnownFilter):
    title = "textes à lire"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "au moins un"), ("no", "aucun")]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        authors = TextToRead.objects.waiting().values("respondent")
        if self.value() == "yes":
            return queryset.filter(pk__in=authors)
        return queryset.exclude(pk__in=authors)


class ImportFilter(KnownFilter):
    """Whom an import added or changed."""

    title = "import"
    parameter_name = "import"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        done = Import.objects.filter(questionnaire__code=settings.QUESTIONNAIRE, undone_at=None)
        return [(str(each.pk), f"{each.file}, {dates.day(each.at)}") for each in done]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        done = Import.objects.get(pk=self.value())
        changed = done.replaced.values("respondent")
        return queryset.filter(Q(number__in=done.numbers) | Q(pk__in=changed))


class PeriodFilter(admin.ListFilter):
    """Between two days, each of them included, or left open; some usual periods at once."""

    template = "admin/survey/period_filter.html"
    field: str

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        for name in self.expected_parameters():
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1].strip()

    def expected_parameters(self) -> list[str]:
        return [f"{self.field}_from", f"{self.field}_to"]

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            first, last = (_day(written) for _, written in self.days)
            if first and last and first > last:
                raise ValueError("le premier jour vient après le dernier.")
        except ValueError as error:
            messages.error(request, f"{self.title.capitalize()}\u00a0: {error} Rien n’est montré.")
            return queryset.none()
        if first:
            queryset = queryset.filter(**{f"{self.field}__date__gte": first})
        return queryset.filter(**{f"{self.field}__date__lte": last}) if last else queryset

    @property
    def days(self) -> list[tuple[str, str]]:
        """The two parameters, each with what was written there."""
        return [(name, self.used_parameters.get(name, "")) for name in self.expected_parameters()]

    @property
    def others(self) -> Iterator[tuple[str, str]]:
        """What the list is narrowed by otherwise, for the form to keep it."""
        for name, values in self.request.GET.lists():
            if name not in (*self.expected_parameters(), PAGE_VAR):
                yield from ((name, value) for value in values)

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        today = timezone.localdate()
        first, last = self.expected_parameters()
        periods = {
            "toutes les dates": "",
            "aujourd’hui": today.isoformat(),
            "les 7 derniers jours": (today - timedelta(days=6)).isoformat(),
            "ce mois-ci": today.replace(day=1).isoformat(),
            "cette année": today.replace(month=1, day=1).isoformat(),
        }
        for words, since in periods.items():
            asked = {first: since} if since else {}
            yield {
                "selected": self.used_parameters == asked,
                "query_string": changelist.get_query_string(asked, [first, last]),
                "display": words.capitalize(),
            }


class StartedFilter(PeriodFilter):
    title = "début"
    field = "started_at"


class CompletedFilter(PeriodFilter):
    title = "fin"
    field = "completed_at"


def _day(written: str) -> date | None:
    """The day that is written, None where nothing is; raise ValueError, in French."""
    if not written:
        return None
    for form in WRITTEN_AS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise ValueError(f"«\u00a0{written}\u00a0» n’est pas une date\u202f; écrivez 05/03/2021.")
