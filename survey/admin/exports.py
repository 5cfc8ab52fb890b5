"""Taking responses away as a file: by whoever has the right, and written in the log."""

from collections.abc import Callable, Iterator

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.views.main import IGNORED_PARAMS, SEARCH_VAR
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from survey import exporting
from survey.admin.moderating import count
from survey.models import Questionnaire, Respondent

Export = Callable[[Questionnaire, QuerySet[Respondent]], Iterator[bytes]]

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
EXPORTS: dict[str, Export] = {"csv": exporting.as_csv, "json": exporting.as_json}


class ExportAdmin(admin.ModelAdmin):
    """Adds to a list of respondents the files of those selected, or of all that it lists."""

    change_list_template = "admin/survey/respondent/change_list.html"

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("survey.export_responses")

    @admin.action(description="Exporter en CSV", permissions=["export"])
    def export_csv(self, request: HttpRequest, people: QuerySet[Respondent]) -> HttpResponseBase:
        return _file(request, people, "csv")

    @admin.action(description="Exporter en JSON", permissions=["export"])
    def export_json(self, request: HttpRequest, people: QuerySet[Respondent]) -> HttpResponseBase:
        return _file(request, people, "json")


def _file(
    request: HttpRequest, people: QuerySet[Respondent], extension: str
) -> StreamingHttpResponse:
    questionnaire = Questionnaire.objects.current()
    # Without the counts that the list annotates, and with nobody twice.
    listed = people.order_by().values("pk")
    wanted = Respondent.objects.filter(questionnaire=questionnaire, pk__in=listed)
    _log(request, f"{extension.upper()}, {count(wanted.count(), 'répondant', 'répondants')}")
    name = f"{questionnaire.code}-reponses-{timezone.localdate():%Y-%m-%d}.{extension}"
    return StreamingHttpResponse(
        EXPORTS[extension](questionnaire, wanted),
        content_type=CONTENT_TYPES[extension],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _log(request: HttpRequest, what: str) -> None:
    """Who took what, and when; `what` by which filters, never what was looked for.

    A search may be a person's words or name, and the log outlives their answers.
    """
    filters = [name for name in request.GET if name not in IGNORED_PARAMS]
    filters += ["recherche"] if request.GET.get(SEARCH_VAR) else []
    under = f" ; filtres : {', '.join(filters)}" if filters else ""
    LogEntry.objects.create(
        user_id=request.user.pk,
        content_type=ContentType.objects.get_for_model(Respondent),
        object_repr=f"Export des réponses : {what}"[:200],
        action_flag=CHANGE,
        change_message=f"Export des réponses : {what}{under}",
    )
