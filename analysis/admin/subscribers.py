"""The addresses of subscribers, for superusers: to find one, and to erase it when asked to."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format

from analysis.models import Subscriber


class StateFilter(admin.SimpleListFilter):
    title = "état"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("confirmed", "confirmée"), ("waiting", "attend sa confirmation")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("confirmed", "waiting"):
            return queryset
        return queryset.filter(confirmed_in__isnull=self.value() == "waiting")


@admin.register(Subscriber)
class SubscriberAdmin(admin.ModelAdmin):
    """Nobody adds or changes one: whoever has the address confirms it."""

    list_display = ("email", "state")
    list_filter = (StateFilter,)
    search_fields = ("email",)
    search_help_text = "Une adresse, ou une partie."
    fields = readonly_fields = ("email", "state")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Subscriber | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {"title": "Adresses abonnées"} | (extra_context or {})
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"title": "Adresse abonnée"} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        """Without the address: the log outlives it."""
        kind = ContentType.objects.get_for_model(Subscriber)
        for _ in queryset:
            LogEntry.objects.create(
                user=request.user,
                content_type=kind,
                action_flag=DELETION,
                object_repr="Une adresse abonnée",
            )

    @admin.display(description="état", ordering="confirmed_in")
    def state(self, subscriber: Subscriber) -> str:
        if subscriber.confirmed_in is None:
            return "attend sa confirmation"
        return f"confirmée en {date_format(subscriber.confirmed_in, 'F Y')}"
