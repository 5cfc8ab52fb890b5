"""Which choice the precisions on « Autre » count as: one by one where they are read, in bulk."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from survey import coding, consequences, moderation
from survey.admin.moderating import ReadOnlyAdmin, count, tell
from survey.admin.reading import SeenAtActionForm, recoded_since
from survey.coding import NewChoice
from survey.french import listed, number, quoted
from survey.models import Choice, Question, TextToRead
from survey.moderation import Outcome

WORDS_SHOWN = 200
PREFIX = "code"


class CodeForm(forms.Form):
    """One of the question's choices, each with how many count with it, or a new one."""

    choice = forms.ChoiceField(label="Compter comme", required=False)
    new = forms.CharField(
        label="ou comme un nouveau choix",
        help_text="Il paraîtra dans le rapport sous ce nom\u202f; le questionnaire ne le propose "
        "pas.",
        max_length=200,
        required=False,
    )
    reason = forms.CharField(
        label="Motif",
        help_text="Facultatif\u202f; il reste dans le journal des décisions.",
        max_length=300,
        required=False,
    )

    def __init__(self, question: Question, data: Any = None) -> None:
        super().__init__(data, prefix=PREFIX)
        self.question = question
        counts = consequences.counts(question)
        self.choices = {str(c.pk): c for c in question.choices.all() if not c.other}
        self.fields["choice"].choices = [("", "—")] + [
            (key, f"{choice.label} ({number(counts.get(choice.pk, 0))})")
            for key, choice in self.choices.items()
        ]

    def clean(self) -> None:
        super().clean()
        if bool(self.cleaned_data.get("choice")) == bool(self.cleaned_data.get("new")):
            self.add_error("choice", "Prenez un des choix, ou donnez le nom d’un nouveau.")

    @property
    def target(self) -> Choice | NewChoice:
        choice = self.choices.get(self.cleaned_data["choice"])
        return choice or NewChoice(self.question, self.cleaned_data["new"])


class SeenForm(forms.Form):
    """As which choice each of some texts counted where they were shown, by primary keys."""

    seen = forms.JSONField(widget=forms.HiddenInput)

    def clean_seen(self) -> dict[int, int | None]:
        seen = self.cleaned_data["seen"]
        try:
            return {int(text): choice and int(choice) for text, choice in seen.items()}
        except (AttributeError, TypeError, ValueError) as error:
            raise forms.ValidationError("Rechargez la liste et recommencez.") from error


def seen(texts: Iterable[TextToRead]) -> str:
    return json.dumps({text.pk: text.coded_as_id for text in texts})


class CodingAdmin(ReadOnlyAdmin):
    """Adds to the texts what counts their precisions as other choices.

    Whoever takes it shows a text again with a form to mend (`show`), and what has become of one
    that is `gone`.
    """

    def get_urls(self) -> list[URLPattern]:
        code = self.admin_site.admin_view(require_POST(self.code_view))
        name = "survey_texttoread_code"
        return [path("<path:object_id>/code/", code, name=name), *super().get_urls()]

    def code_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Count one text as the form says, and show it again."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        text = self.get_object(request, object_id)
        if text is None:
            return self.gone(request)
        form, as_seen = CodeForm(text.question, request.POST), SeenForm(request.POST)
        wants_none = "uncode" in request.POST
        if not as_seen.is_valid() or not (wants_none or form.is_valid()):
            return self.show(request, text, form)
        text.coded_as_id = as_seen.cleaned_data["seen"].get(text.pk)
        self._code(request, [text], None if wants_none else form)
        return redirect("admin:survey_texttoread_change", text.pk)

    @admin.action(description="Compter comme…", permissions=["moderate"])
    def code_as(self, request: HttpRequest, texts: QuerySet[TextToRead]) -> HttpResponse | None:
        """Ask as which choice the selected precisions count, then count them so."""
        as_seen = SeenForm(request.POST)
        is_confirmed = "confirmed" in request.POST and as_seen.is_valid()
        chosen = self._as_seen(as_seen) if is_confirmed else list(texts.precisions())
        questions = {text.question_id: text.question for text in chosen}
        if len(questions) != 1:
            messages.warning(request, _not_of_one_question(questions.values()))
            return None
        [question] = questions.values()
        form = CodeForm(question, request.POST if is_confirmed else None)
        if not is_confirmed or not form.is_valid():
            return self._ask(request, question, chosen, form)
        self._code(request, chosen, form)
        return None

    @admin.action(description="Remettre dans «\u00a0Autre\u00a0»", permissions=["moderate"])
    def uncode(self, request: HttpRequest, texts: QuerySet[TextToRead]) -> None:
        since = recoded_since(texts, SeenAtActionForm.moment(request.POST))
        loaded = list(texts)
        kept = [text for text in loaded if text.pk not in since]
        refused = tuple(
            str(moderation.changed_meanwhile(text, coding.last_coding(text), by=request.user))
            for text in loaded
            if text.pk in since
        )
        outcome = coding.uncode_each(kept, by=request.user)
        outcome = Outcome(outcome.decided, (*refused, *outcome.refused))
        tell(
            request,
            outcome,
            "texte remis dans «\u00a0Autre\u00a0»",
            "textes remis dans «\u00a0Autre\u00a0»",
        )

    def _as_seen(self, form: SeenForm) -> list[TextToRead]:
        """The texts that were shown, each counted as it was then; what is gone is not there."""
        found = TextToRead.objects.filter(pk__in=form.cleaned_data["seen"])
        found = found.select_related("respondent__questionnaire", "question__questionnaire")
        texts = list(found.order_by(*TextToRead.CODING_ORDER))
        for text in texts:
            text.coded_as_id = form.cleaned_data["seen"][text.pk]
        return texts

    def _code(
        self, request: HttpRequest, texts: Sequence[TextToRead], form: CodeForm | None
    ) -> None:
        question = texts[0].question
        before = consequences.counts(question)
        if form is None:
            outcome = coding.uncode_each(texts, by=request.user)
            done = "remis dans «\u00a0Autre\u00a0»", "remis dans «\u00a0Autre\u00a0»"
        else:
            target, reason = form.target, form.cleaned_data["reason"]
            outcome = coding.code_each(texts, target, by=request.user, reason=reason)
            label = quoted(target.label)
            done = f"compté avec {label}", f"comptés avec {label}"
        moved = consequences.moved(question, before, consequences.counts(question))
        figures = f"\u00a0: {moved}" if moved else ""
        one, many = (
            f"{noun} {word}{figures}" for noun, word in zip(("texte", "textes"), done, strict=True)
        )
        tell(request, outcome, one, many)

    def _ask(
        self,
        request: HttpRequest,
        question: Question,
        texts: Sequence[TextToRead],
        form: CodeForm,
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "Compter comme…",
            "opts": self.opts,
            "question": question,
            "texts": texts[:WORDS_SHOWN],
            "more": number(max(len(texts) - WORDS_SHOWN, 0)),
            "total": count(len(texts), "précision", "précisions"),
            "form": form,
            "seen": seen(texts),
            "checkbox": ACTION_CHECKBOX_NAME,
            # Of the selection, Django wants one at least; what was seen says the others.
            "selected": texts[0].pk,
        }
        return TemplateResponse(request, "admin/survey/texttoread/code.html", context)


def _not_of_one_question(questions: Iterable[Question]) -> str:
    titles = sorted(quoted(question.title) for question in questions)
    if not titles:
        return "Aucun des textes choisis n’est une précision sur «\u00a0Autre\u00a0»."
    return (
        f"Ces textes répondent à {listed(titles)}\u00a0: prenez ceux d’une seule question, le "
        "filtre «\u00a0question\u00a0» les réunit."
    )
