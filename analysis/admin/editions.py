"""Editions: adding one freezes the report; afterwards its title and its note alone change."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from analysis import editions, live
from analysis.admin.announcing import AnnouncingAdmin, refusal, subscribed
from analysis.models import Edition, Subscriber
from survey.dates import clock, day


class EditionForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ("date", "title", "note")

    def clean_date(self) -> date:
        chosen = self.cleaned_data["date"]
        if chosen > timezone.localdate():
            raise ValidationError("Choisissez la date d’aujourd’hui, ou d’un jour passé.")
        if Edition.objects.current().filter(date=chosen).exists():
            raise ValidationError(f"Il y a déjà une édition du {day(chosen)}\u00a0: une par jour.")
        return chosen

    def clean(self) -> None:
        super().clean()
        if live.report() is None:
            raise ValidationError("Il n’y a pas encore de rapport à figer.")


class FreezingForm(EditionForm):
    announce = forms.BooleanField(
        required=False,
        initial=True,
        help_text="Les messages partent aussitôt et ne se rattrapent pas. Décochez pour relire "
        "l’édition d’abord\u00a0: sa page permet de prévenir ensuite.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        announce = self.fields["announce"]
        announce.label = f"Prévenir {subscribed()} par e-mail"
        refused = refusal(timezone.localdate())
        if refused:
            announce.initial, announce.disabled, announce.help_text = False, True, refused

    def clean(self) -> None:
        super().clean()
        refused = self.cleaned_data.get("announce") and "date" in self.cleaned_data
        refused = refused and refusal(self.cleaned_data["date"])
        if refused:
            self.add_error("announce", f"{refused} Décochez pour la figer sans prévenir.")


@admin.register(Edition)
class EditionAdmin(AnnouncingAdmin):
    actions = None
    list_display = ("dated", "title", "responses", "frozen", "address")
    search_fields = ("title", "note")
    delete_confirmation_template = "admin/analysis/edition/delete_confirmation.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return Edition.objects.current().select_related("frozen_by")

    def get_fields(self, request: HttpRequest, obj: Edition | None = None) -> Sequence[str]:
        asked = ("date", "title", "note")
        if obj:
            return (*asked, "responses", "frozen", "address")
        return (*asked, "announce") if Subscriber.objects.confirmed().exists() else asked

    def get_form(
        self, request: HttpRequest, obj: Edition | None = None, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = EditionForm if obj else FreezingForm
        return super().get_form(request, obj, form=form, **kwargs)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Edition | None = None
    ) -> Sequence[str]:
        return ("date", "responses", "frozen", "address") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"date": timezone.localdate()}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "Éditions"} | (extra_context or {}))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"title": "Édition du rapport" if object_id else "Figer une édition du rapport"}
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().changeform_view(
            request, object_id, form_url, context | (extra_context or {})
        )

    def save_model(
        self, request: HttpRequest, obj: Edition, form: forms.ModelForm, change: bool
    ) -> None:
        if not change:
            editions.freeze(obj, by=request.user)
            if form.cleaned_data["announce"] and Subscriber.objects.confirmed().exists():
                self.announce(request, obj)
        elif form.changed_data:
            obj.save(update_fields=form.changed_data)

    @admin.display(description="date", ordering="date")
    def dated(self, edition: Edition) -> str:
        return day(edition.date)

    @admin.display(description="figée", ordering="frozen_at")
    def frozen(self, edition: Edition) -> str:
        by = f", par {edition.frozen_by}" if edition.frozen_by else ""
        return f"le {day(edition.frozen_at)} à {clock(edition.frozen_at)}{by}"

    @admin.display(description="adresse")
    def address(self, edition: Edition) -> SafeString:
        path = edition.get_absolute_url()
        return format_html('<a href="{}">{}</a>', path, path)
