"""Importing responses in the admin: a file and its mapping, tried, brought in, taken back."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format

from survey import dates
from survey.admin.import_form import ImportForm
from survey.admin.moderating import ACCOUNT, ReadOnlyAdmin
from survey.importing import bringing, drafting, exported, files, writing
from survey.importing.bringing import Trial
from survey.importing.files import FileError
from survey.importing.mapping import MappingError
from survey.importing.writing import NothingToUndo
from survey.models import Import, Questionnaire
from survey.moderation import User, name_of

THE_COMMAND = "la commande"
ANOTHER_CAME = "Cet import n’est plus le dernier, ou il est déjà annulé\u00a0: rien n’a été changé."


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    change_form_template = "admin/survey/import/change_form.html"
    fields = ("file",)
    list_display = ("file", "moment", "author", "created", "changed", "undone")
    list_select_related = ("by", "undone_by")
    number_field = ""
    search_fields = ("file", *ACCOUNT)
    search_help_text = "Un nom de fichier ou de compte."

    @admin.display(description="date", ordering="at")
    def moment(self, done: Import) -> str:
        return _moment(done.at)

    @admin.display(description="par", ordering="by")
    def author(self, done: Import) -> str:
        return _who(done.by)

    @admin.display(description="annulé", ordering="undone_at", empty_value="non")
    def undone(self, done: Import) -> str | None:
        if not done.undone_at:
            return None
        return f"{_moment(done.undone_at)}, par {_who(done.undone_by)}"

    def get_urls(self) -> list[URLPattern]:
        undoing = self.admin_site.admin_view(self.undo_view)
        own = [path("<path:object_id>/undo/", undoing, name="survey_import_undo")]
        return own + super().get_urls()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("survey.add_import")

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("survey.undo_import")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever imports or takes back sees what was imported."""
        can_view = super().has_view_permission(request, obj)
        return can_view or self.has_add_permission(request) or self.has_undo_permission(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        trial = self._read(request, form) if form.is_valid() else None
        if trial and trial.done:
            messages.success(request, f"Import terminé\u00a0: {trial.summary}")
            return redirect("admin:survey_import_change", trial.done.pk)
        context = {"title": "Importer des réponses", "form": form, "trial": trial}
        if trial and trial.changes_nothing:
            context["already"] = self._already(form.cleaned_data["name"])
        return self._page(request, "add", context)

    def _already(self, name: str) -> dict[str, Any] | None:
        """The import that brought a file of this name in before, as after a second click."""
        there = Import.objects.filter(questionnaire__code=settings.QUESTIONNAIRE, undone_at=None)
        done = there.filter(file=name[:200]).select_related("by").first()
        return done and {"done": done, "when": dates.moment(done.at), "author": self.author(done)}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        done = self.get_object(request, object_id)
        context: dict[str, Any] = {"title": f"Import de {done}", "subtitle": None}
        if done:
            context["author"] = self.author(done)
            context["undone"] = self.undone(done)
            context["can_undo"] = self.has_undo_permission(request) and _is_last(done)
        return super().change_view(request, object_id, form_url, context)

    def undo_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what goes, then take it back: the last import alone."""
        if not self.has_undo_permission(request):
            raise PermissionDenied
        done = get_object_or_404(Import, pk=object_id)
        if request.method == "POST":
            return self._undo(request, done)
        if not _is_last(done):
            messages.warning(request, ANOTHER_CAME)
            return redirect("admin:survey_import_changelist")
        context = {"title": "Annuler un import", "done": done, "told": bringing.undoing(done)}
        return self._page(request, "undo", context)

    def _undo(self, request: HttpRequest, done: Import) -> HttpResponse:
        try:
            messages.success(request, f"Annulé. {bringing.take_back(done, by=request.user)}")
        except NothingToUndo:
            messages.warning(request, ANOTHER_CAME)
        return redirect("admin:survey_import_changelist")

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        common = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, f"admin/survey/import/{name}.html", common | context)

    def _read(self, request: HttpRequest, form: ImportForm) -> Trial | None:
        """Try or bring in what was sent; what cannot be read becomes an error of the form."""
        questionnaire = Questionnaire.objects.current()
        content, name = form.cleaned_data["content"], form.cleaned_data["name"]
        said = form.cleaned_data["mapping"]
        try:
            if not said.strip() and not exported.is_one(content):
                drafted = drafting.draft(
                    files.read(content), questionnaire.structure.as_offered, name
                )
                form.propose(drafted)
                return None
            if "bring_in" not in request.POST:
                return bringing.try_out(questionnaire, content, said, by=request.user)
            return bringing.bring_in(questionnaire, content, said, name=name, by=request.user)
        except FileError as error:
            form.refuse_file(str(error))
        except MappingError as error:
            form.add_error("mapping", str(error).splitlines())
        return None


def _is_last(done: Import) -> bool:
    try:
        return writing.last_import(done.questionnaire) == done
    except NothingToUndo:
        return False


def _who(user: User | None) -> str:
    return name_of(user) if user else THE_COMMAND


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
