"""Importing responses in the admin: a file and its mapping, tried or brought in."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from survey.admin.moderating import ReadOnlyAdmin
from survey.importing import bringing, drafting, exported, files
from survey.importing.bringing import Trial
from survey.importing.files import FileError
from survey.importing.mapping import MappingError
from survey.models import Import, Questionnaire


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Fichier",
        help_text="De LimeSurvey, CSV avec les codes en en-tête ou VV\u202f; d’ici, CSV ou JSON.",
    )
    mapping = forms.CharField(
        label="Correspondance",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 20, "class": "vLargeTextField", "spellcheck": "false"}
        ),
        help_text="Quelle colonne est quelle question, en YAML\u202f; inutile pour un export d’ici."
        " Laissez vide et essayez\u00a0: elle vous est proposée.",
    )


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    fields = ("file", "at", "by", "people", "undone_at")
    list_display = ("file", "at", "by", "people", "undone_at")
    readonly_fields = fields

    @admin.display(description="répondants ajoutés")
    def people(self, done: Import) -> int:
        return len(done.numbers)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("survey.add_import")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        trial = self._read(request, form) if form.is_valid() else None
        if trial and trial.done:
            messages.success(request, trial.summary)
            return redirect("admin:survey_import_changelist")
        context = self.admin_site.each_context(request) | {
            "title": "Importer des réponses",
            "opts": self.opts,
            "form": form,
            "trial": trial,
        }
        return TemplateResponse(request, "admin/survey/import/add.html", context)

    def _read(self, request: HttpRequest, form: ImportForm) -> Trial | None:
        """Try or bring in what was sent; what cannot be read becomes an error of the form."""
        questionnaire = Questionnaire.objects.current()
        file, said = form.cleaned_data["file"], form.cleaned_data["mapping"]
        content = file.read()
        try:
            if not said.strip() and not exported.is_one(content):
                self._propose(form, questionnaire, content, file.name)
                return None
            if "bring_in" not in request.POST:
                return bringing.try_out(questionnaire, content, said, by=request.user)
            return bringing.bring_in(questionnaire, content, said, name=file.name, by=request.user)
        except FileError as error:
            form.add_error("file", str(error))
        except MappingError as error:
            form.add_error("mapping", str(error).splitlines())
        return None

    def _propose(
        self, form: ImportForm, questionnaire: Questionnaire, content: bytes, name: str
    ) -> None:
        drafted = drafting.draft(files.read(content), questionnaire.structure, name)
        form.data = form.data.copy()
        form.data["mapping"] = drafted
        form.add_error("mapping", "Voici une correspondance à relire et compléter.")
