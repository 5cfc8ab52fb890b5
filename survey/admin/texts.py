"""Texts to read: their list, and the queue, one by one."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from survey import coding, moderation
from survey.admin import screen, sitting
from survey.admin.bulk import BulkAdmin
from survey.admin.codeform import CodeForm, seen
from survey.admin.moderating import badge, count, tell
from survey.admin.reading import DecideForm, Place, SeenAtActionForm, decide, unix
from survey.admin.textfilters import PrecisionFilter, VerdictFilter
from survey.french import quoted
from survey.models import TextToRead
from survey.moderation import ModerationError, TextChanged

EXCERPT_LENGTH = 160


@admin.register(TextToRead)
class TextAdmin(BulkAdmin):
    verb = "Lire et décider"
    action_form = SeenAtActionForm
    actions = ("publish", "publish_in_part", "keep_private", "put_back", "code_as", "uncode")
    number_field = "respondent__number"
    list_display = ("author", "place", "excerpt", "state", "agreement")
    list_display_links = None
    list_filter = (VerdictFilter, PrecisionFilter, ("question", admin.RelatedOnlyFieldListFilter))
    list_select_related = (
        *("respondent__questionnaire", "question__questionnaire", "choice", "coded_as"),
    )
    search_fields = ("text", "public_text")
    search_help_text = "Un numéro de répondant, ou des mots d’un texte."

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        if PrecisionFilter.parameter_name in request.GET:
            return TextToRead.CODING_ORDER
        return ("-agreed", *TextToRead.READING_ORDER)

    def get_urls(self) -> list[URLPattern]:
        following = self.admin_site.admin_view(self.next_view)
        undoing = self.admin_site.admin_view(require_POST(self.undo_view))
        return [
            path("next/", following, name="survey_texttoread_next"),
            path("undo/", undoing, name="survey_texttoread_undo"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may_decide = self.has_moderate_permission(request)
        undoable = {"undoable": may_decide and sitting.last(request.session)}
        return super().changelist_view(request, undoable | (extra_context or {}))

    @admin.display(description="répondant", ordering="respondent__number")
    def author(self, text: TextToRead) -> SafeString:
        address = reverse("admin:survey_respondent_change", args=[text.respondent_id])
        return format_html('<a href="{}">#{}</a>', address, text.respondent.number)

    @admin.display(description="question", ordering="question__title")
    def place(self, text: TextToRead) -> str:
        counted = f" → {text.coded_as}" if text.coded_as else ""
        return f"{text.question} · {text.choice}{counted}" if text.choice else str(text.question)

    @admin.display(description="texte", ordering="text")
    def excerpt(self, text: TextToRead) -> SafeString:
        address = reverse("admin:survey_texttoread_change", args=[text.pk])
        words = Truncator(text.text).chars(EXCERPT_LENGTH)
        return format_html('<a class="excerpt" href="{}">{}</a>', address, words)

    @admin.display(description="décision", ordering="verdict")
    def state(self, text: TextToRead) -> SafeString:
        return badge(text.verdict)

    @admin.display(description="accord", ordering="agreed", boolean=True)
    def agreement(self, text: TextToRead) -> bool:
        return text.agreed

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Go to the text that waits next, after the one whose key is `after`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        waiting = TextToRead.objects.waiting().in_reading_order()
        text = self.get_object(request, request.GET.get("after", ""))
        following = text and waiting.after(text).first()
        following = following or waiting.first()
        if following is None:
            messages.info(request, "Il n’y a plus de texte à lire.")
            return redirect("admin:survey_texttoread_changelist")
        return redirect("admin:survey_texttoread_change", following.pk)

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Take back what was decided last in this sitting; one text is shown again."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        step = sitting.last(request.session)
        if step is None:
            messages.info(request, "Il n’y a pas de décision à annuler.")
            return redirect("admin:survey_texttoread_next")
        sitting.forget(request.session, step)
        texts = step.texts
        if len(step.keys) > 1 or (texts and step.is_coding):
            return self._undo_each(request, step)
        if not texts:
            return self.gone(request)
        [text] = texts.values()
        try:
            moderation.undo(step.decisions.get(), text, by=request.user)
        except ModerationError as error:
            messages.error(request, str(error))
        else:
            state = quoted(text.get_verdict_display())
            messages.success(
                request, f"Décision annulée\u00a0: le texte de {text.respondent} est {state}."
            )
        return redirect("admin:survey_texttoread_change", text.pk)

    def _undo_each(self, request: HttpRequest, step: sitting.Step) -> HttpResponse:
        decisions = {decision.pk: decision for decision in step.decisions}
        of_text = {text.pk: decisions[key] for key, text in step.texts.items()}
        texts = list(step.texts.values())
        if step.is_coding:
            steps = [(text, of_text[text.pk]) for text in texts]
            outcome: moderation.Outcome = coding.undo_each(steps, by=request.user)
        else:
            outcome = moderation.decide_each(
                texts, lambda text: moderation.undo(of_text[text.pk], text, by=request.user)
            )
        tell(request, outcome, "décision annulée", "décisions annulées")
        gone = len(step.keys) - len(of_text)
        if gone:
            told = count(gone, "texte n’existe plus", "textes n’existent plus")
            messages.warning(request, f"{told}\u00a0: leur auteur les a modifiés ou effacés.")
        if len(step.keys) == 1:
            return redirect("admin:survey_texttoread_change", texts[0].pk)
        return redirect("admin:survey_texttoread_changelist")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST" and not self.has_moderate_permission(request):
            raise PermissionDenied
        text = self.get_object(request, object_id)
        if text is None:
            return self.gone(request)
        if request.method != "POST":
            return self._show(request, text, DecideForm.reading(text))
        form = DecideForm(request.POST)
        return self._decide(request, text, form) or self._show(request, text, form)

    def show(self, request: HttpRequest, text: TextToRead, form: CodeForm) -> HttpResponse:
        return self._show(request, text, DecideForm.reading(text), code_form=form)

    def gone(self, request: HttpRequest) -> HttpResponse:
        """Show what the author of a text has put in its place, if anything."""
        place = Place(request.POST)
        rewritten = place.is_valid() and TextToRead.objects.filter(**place.cleaned_data).first()
        if rewritten:
            messages.warning(
                request,
                "La personne a modifié ce texte pendant que vous le lisiez\u00a0: rien n’est "
                "décidé.",
            )
            typed = DecideForm(request.POST)
            code_form = rewritten.choice and CodeForm(rewritten.question, [rewritten], request.POST)
            is_typed = code_form and not code_form.is_empty
            kept = code_form if is_typed else None
            return self._show(request, rewritten, typed.kept(rewritten), typed, kept)
        messages.warning(
            request,
            "Ce texte n’existe plus\u00a0: la personne qui l’a écrit l’a modifié ou effacé. "
            "S’il est modifié, il est de nouveau parmi les textes à lire.",
        )
        return redirect("admin:survey_texttoread_changelist")

    def _decide(
        self, request: HttpRequest, text: TextToRead, form: DecideForm
    ) -> HttpResponse | None:
        """Decide as the form says, then show what follows; None if the form must be mended."""
        if not form.is_valid():
            return None
        try:
            decision = decide(text, form, by=request.user)
        except TextChanged as error:
            messages.error(request, str(error))
            now = self.get_object(request, str(text.pk))
            return self._show(request, now, form.kept(now)) if now else self.gone(request)
        except ModerationError as error:
            form.add_error(form.field_of_refusal, str(error))
            return None
        sitting.remember(request.session, [(text, decision)])
        left = TextToRead.objects.waiting().count()
        rest = f" {count(left, 'texte', 'textes')} à lire encore." if left else ""
        said = f"Texte de {text.respondent}\u00a0: {text.get_verdict_display()}.{rest}"
        messages.success(request, said)
        if not left:
            return redirect("admin:survey_texttoread_changelist")
        return redirect(f"{reverse('admin:survey_texttoread_next')}?after={text.pk}")

    def _show(
        self,
        request: HttpRequest,
        text: TextToRead,
        form: DecideForm,
        typed: DecideForm | None = None,
        code_form: CodeForm | None = None,
    ) -> HttpResponse:
        """`typed`: what was to be done with other words, which stood in the place of these."""
        may_decide = self.has_moderate_permission(request)
        context = self.admin_site.each_context(request) | {
            "title": "Lire un texte",
            "opts": self.opts,
            "text": text,
            "form": form,
            "badge": badge(text.verdict),
            "screen": screen.of(text, unix(typed["text"].value()) if typed else ""),
            "cut": typed.cut if typed else "",
            "may_decide": may_decide,
            "code_form": code_form or (text.choice and CodeForm(text.question, [text])),
            "seen": seen([text]),
            "undoable": may_decide and sitting.last(request.session),
            "waiting": count(TextToRead.objects.waiting().count(), "texte", "textes"),
        }
        return TemplateResponse(request, "admin/survey/texttoread/change_form.html", context)
