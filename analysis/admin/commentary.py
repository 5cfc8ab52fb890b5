"""Commentaries: written, previewed, published, and reviewed when the figures move."""

from collections.abc import Iterable, Sequence
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.views.decorators.clickjacking import xframe_options_sameorigin

from analysis import commentary, live, page
from analysis.admin.writing import CommentaryForm, citable, offered_places, preview
from analysis.commentary import State
from analysis.models import Commentary
from analysis.notes import ANSWERS
from survey.dates import day

EXCERPT_LENGTH = 160

# Preview and figures stand in frames of the form, which so works without a script.
framed = (xframe_options_sameorigin, csp_replace({"frame-ancestors": [SELF]}))


class StateFilter(admin.SimpleListFilter):
    title = "état"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return State.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in State.values:
            return queryset
        report = live.report()
        wanted = [c.pk for c in queryset if commentary.state_of(c, report) == self.value()]
        return queryset.filter(pk__in=wanted)


class PlacedChangeList(ChangeList):
    """Its rows know the report that they are judged by."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        report = live.report()
        for row in self.result_list:
            row.report = report


@admin.register(Commentary)
class CommentaryAdmin(admin.ModelAdmin):
    form = CommentaryForm
    list_display = ("standing", "excerpt", "state", "written")
    list_filter = (StateFilter,)
    list_select_related = ("written_by",)
    search_fields = ("body", "guards", "place")
    search_help_text = "Des mots d’un texte, ou le code d’un bloc."
    change_form_template = "admin/analysis/commentary/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Commentary]:
        return super().get_queryset(request).of(settings.QUESTIONNAIRE)

    def get_ordering(self, request: HttpRequest) -> Sequence[str]:
        return ("place", "position", "rank", "pk")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PlacedChangeList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_object(self, request: HttpRequest, *args: Any) -> Commentary | None:
        found = super().get_object(request, *args)
        if found:
            found.report = live.report()
        return found

    def get_readonly_fields(
        self, request: HttpRequest, obj: Commentary | None = None
    ) -> Sequence[str]:
        return ("state", "written") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Commentary | None = None) -> Sequence[str]:
        return (*self.get_readonly_fields(request, obj), *CommentaryForm.Meta.fields)

    @admin.display(description="emplacement", ordering="place")
    def standing(self, row: Commentary) -> str:
        found = commentary.places(row.report).get(row.place)
        return f"{found.title if found else row.place}, {row.get_position_display()}"

    @admin.display(description="texte")
    def excerpt(self, row: Commentary) -> str:
        words = commentary.note(row.written, row.report).text if row.report else row.body
        return Truncator(words).chars(EXCERPT_LENGTH)

    @admin.display(description="état")
    def state(self, row: Commentary) -> SafeString:
        """And why, where it is to be reviewed."""
        state = commentary.state_of(row, row.report)
        badge = format_html('<span class="verdict state-{}">{}</span>', state, state.label)
        if state != State.REVIEW:
            return badge
        reasons = commentary.reasons_to_review(row.written, row.report)
        items = format_html_join("", "<li>{}</li>", [(reason,) for reason in reasons])
        return format_html('{}<ul class="reasons">{}</ul>', badge, items)

    @admin.display(description="écrit", ordering="written_at")
    def written(self, row: Commentary) -> str:
        by = f" par {row.written_by}" if row.written_by else ""
        return f"le {day(row.written_at)}{by}, sur {ANSWERS.of(row.base)}"

    def save_model(
        self, request: HttpRequest, obj: Commentary, form: CommentaryForm, change: bool
    ) -> None:
        """To save is to have read it again: it has the date and the base of now."""
        obj.questionnaire = settings.QUESTIONNAIRE
        obj.written_at = timezone.now()
        obj.written_by = request.user
        obj.base = commentary.written_on(obj.place, form.report)
        super().save_model(request, obj, form, change)

    def construct_change_message(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, add: bool = False
    ) -> Any:
        """The history keeps the text that was written over."""
        lost = [name for name in ("body", "guards") if name in form.changed_data]
        if add or not lost:
            return super().construct_change_message(request, form, formsets, add)
        former = [
            f"{capfirst(form[name].label)} d’avant\u00a0:\n{form.initial[name]}" for name in lost
        ]
        return "\n\n".join(former)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("preview/", view(self.preview_view), name="analysis_commentary_preview"),
            path("figures/", view(self.figures_view), name="analysis_commentary_figures"),
            *super().get_urls(),
        ]

    @method_decorator(framed)
    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """The part of the page that is being commented, as the public would get it; saves nothing.

        Of what is posted, or of the commentary whose key is `key`.
        """
        self._refuse_strangers(request)
        saved = self.get_object(request, request.GET.get("key", ""))
        form = CommentaryForm(request.POST or None, instance=saved)
        shown = saved
        if form.is_bound:
            form.full_clean()
            shown = form.draft()
        part = preview(shown, form.report) if shown and form.report else None
        context = {"form": form, "report": part, "sections": page.of(part) if part else ()}
        return TemplateResponse(request, "admin/analysis/commentary/preview.html", context)

    @method_decorator(framed)
    def figures_view(self, request: HttpRequest) -> HttpResponse:
        """The figures that may be cited of a place, with what each says now."""
        self._refuse_strangers(request)
        report = live.report()
        place = request.GET.get("place", "")
        context = self.admin_site.each_context(request) | {
            "title": "Chiffres à citer",
            "is_popup": True,
            "place": place,
            "offered": offered_places(report)[1:],
            "citable": citable(place, report) if report else (),
        }
        return TemplateResponse(request, "admin/analysis/commentary/figures.html", context)

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not (self.has_view_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
