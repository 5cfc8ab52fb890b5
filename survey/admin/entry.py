"""Starting to enter for someone else: how and when they answered, what they agreed to."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from survey import dates, entry, pdf
from survey.entry import Given, OtherPerson
from survey.forms import ConsentsForm
from survey.models import Questionnaire, Respondent

MODES = (
    (Respondent.Mode.PAPER, "Sur papier"),
    (Respondent.Mode.PHONE, "Par téléphone"),
)
CARRIED = ("mode", "answered_on")
"""What the address may fill in, from one entry to the next; never a consent."""
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EntryForm(ConsentsForm):
    mode = forms.ChoiceField(label="Comment la personne a répondu", choices=MODES)
    answered_on = forms.DateField(label="Date de ses réponses", widget=DAY)
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)

    field_order = ("mode", "answered_on")

    def __init__(self, questionnaire: Questionnaire, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opens_at, self.closes_at = questionnaire.opens_at, questionnaire.closes_at
        self.fields["mode"].widget.attrs["autofocus"] = True

    def clean_answered_on(self) -> Any:
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Cette date n’est pas encore venue.")
        if self.opens_at and day < timezone.localdate(self.opens_at):
            raise forms.ValidationError(
                f"Le questionnaire n’a ouvert que le {dates.day(self.opens_at)}."
            )
        if self.closes_at and day > timezone.localdate(self.closes_at):
            raise forms.ValidationError(
                f"Le questionnaire est clos depuis le {dates.day(self.closes_at)}\u00a0: ce qui "
                "arrive après se saisit encore, si la personne avait répondu avant."
            )
        return day

    @property
    def given(self) -> Given:
        known = self.cleaned_data
        return Given(known["mode"], known["answered_on"], self.consents, known["key"])

    def renew(self, begun: Respondent) -> None:
        """Let it begin another entry, once it is said that it has begun this one."""
        self.data = self.data.copy()
        self.data["key"] = str(uuid4())
        self.add_error(
            None,
            f"Cette page a déjà commencé la saisie n°\u00a0{begun.number}, avec d’autres réponses "
            "que celles-ci. Si c’est une autre personne, validez de nouveau.",
        )


class EntryAdmin(admin.ModelAdmin):
    """Adds a respondent by asking what comes before the questions, then leads to these."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(entry.PERMISSION)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        questionnaire = Questionnaire.objects.current()
        # Nobody knows the day of what comes after the end.
        day = "" if questionnaire.is_closed else timezone.localdate().isoformat()
        initial = {"answered_on": day} | {
            name: request.GET[name] for name in CARRIED if name in request.GET
        }
        form = EntryForm(questionnaire, request.POST or None, initial=initial)
        if form.is_valid():
            try:
                person = entry.start(questionnaire, form.given, by=request.user)
            except OtherPerson as error:
                form.renew(error.person)
            else:
                return redirect("survey:entry:go_on", person.number)
        context = self.admin_site.each_context(request) | {
            "title": "Saisir un questionnaire",
            "opts": self.opts,
            "form": form,
            "asked": [form["mode"], form["answered_on"]],
            "consents": [form[name] for name in ConsentsForm.base_fields],
            "has_pdf": pdf.is_available(),
        }
        return TemplateResponse(request, "admin/survey/respondent/add.html", context)
