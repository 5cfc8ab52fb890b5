"""Texts to read: the queue, one by one, and in bulk."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from survey import consequences, moderation
from survey.admin import redacting, screen, selected, sitting
from survey.admin.coding import CodeForm, CodingAdmin, seen
from survey.admin.listed import refusing_changed, tell_gone
from survey.admin.moderating import badge, count, tell
from survey.admin.publishing import Asked
from survey.admin.reading import DecideForm, Place, SeenAtActionForm, decide, unix
from survey.admin.redacting import Redaction
from survey.admin.textfilters import PrecisionFilter, VerdictFilter
from survey.french import quoted
from survey.models import Answer, Decision, TextToRead
from survey.moderation import ModerationError, TextChanged

EXCERPT_LENGTH = 160
NONE_AGREED = "Aucun de ces textes n’a l’accord nécessaire pour paraître."


@admin.register(TextToRead)
class TextAdmin(CodingAdmin):
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

    @admin.action(description="Publier…", permissions=["moderate"])
    def publish(self, request: HttpRequest, texts: QuerySet[TextToRead]) -> HttpResponse | None:
        """Show the selected texts and what they change in public, then publish them."""
        if "confirmed" not in request.POST:
            return self._ask_to_publish(request, Asked(self._as_listed(request, texts)))
        self._decide_each(
            request, texts, moderation.approve, *sitting.DONE[Answer.Verdict.APPROVED]
        )
        return None

    def _ask_to_publish(self, request: HttpRequest, asked: Asked) -> HttpResponse | None:
        if not asked.agreed:
            return self._tell_none_agreed(request, asked)
        context = self.admin_site.each_context(request) | {
            "title": "Publier plusieurs textes",
            "opts": self.opts,
            "asked": asked,
            "seen_at": timezone.now().isoformat(),
            "select_across": request.POST.get("select_across", "0"),
            "selected": [text.pk for text in asked.texts],
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/survey/texttoread/publish.html", context)

    @admin.action(description="Publier en partie…", permissions=["moderate"])
    def publish_in_part(
        self, request: HttpRequest, texts: QuerySet[TextToRead]
    ) -> HttpResponse | None:
        """Show the selected texts to be cut, then publish what is left of each."""
        if "confirmed" in request.POST:
            ticked = selected.ticked(self, request, texts)
            return self._redact_each(request, list(ticked[: redacting.TEXTS_AT_ONCE]))
        asked = Asked(self._as_listed(request, texts))
        if asked.agreed:
            first = asked.agreed[: redacting.TEXTS_AT_ONCE]
            return self._ask_redactions(request, redacting.asked(first))
        return self._tell_none_agreed(request, asked)

    def _as_listed(self, request: HttpRequest, texts: QuerySet[TextToRead]) -> list[TextToRead]:
        """Those ticked that are still as their list showed them; the others are told of."""
        ticked = selected.ticked(self, request, texts)
        outcome = moderation.decide_each(ticked, refusing_changed(request, ticked))
        tell(request, replace(outcome, decided=0), "", "")
        tell_gone(request, ticked)
        return [text for text in ticked if text not in outcome.left]

    def _tell_none_agreed(self, request: HttpRequest, asked: Asked) -> None:
        if asked.texts:
            messages.warning(request, NONE_AGREED)

    def _redact_each(self, request: HttpRequest, texts: list[TextToRead]) -> HttpResponse | None:
        redactions = redacting.posted(texts, request.POST)
        refused, decided = redacting.redact_each(redactions, by=request.user)
        sitting.remember(request.session, decided)
        self._tell_redactions(request, redactions, refused)
        tell_gone(request, texts)
        lost = redacting.lost(selected.gone(request, texts), request.POST)
        return self._ask_redactions(request, refused, lost) if refused or lost else None

    def _tell_redactions(
        self, request: HttpRequest, redactions: list[Redaction], refused: list[Redaction]
    ) -> None:
        whole = sum(each not in refused and each.is_untouched for each in redactions)
        done = len(redactions) - len(refused) - whole
        if done:
            published = count(done, "texte publié en partie", "textes publiés en partie")
            messages.success(request, f"{published}.")
        if whole:
            left = count(whole, "texte laissé tel quel", "textes laissés tels quels")
            messages.info(request, f"{left}\u00a0: rien n’en était retiré.")

    def _ask_redactions(
        self, request: HttpRequest, redactions: list[Redaction], lost: Sequence[str] = ()
    ) -> HttpResponse:
        """`lost`: what was to be published of texts that are no longer there."""
        context = self.admin_site.each_context(request) | {
            "title": "Publier en partie",
            "opts": self.opts,
            "redactions": redactions,
            "lost": lost,
            "changes": consequences.of_each(redaction.text for redaction in redactions),
            "checkbox": ACTION_CHECKBOX_NAME,
            "most": redacting.TEXTS_AT_ONCE,
        }
        return TemplateResponse(request, "admin/survey/texttoread/redact.html", context)

    @admin.action(description="Garder privé", permissions=["moderate"])
    def keep_private(self, request: HttpRequest, texts: QuerySet[TextToRead]) -> None:
        self._decide_each(request, texts, moderation.reject, *sitting.DONE[Answer.Verdict.REJECTED])

    @admin.action(description="Remettre à lire", permissions=["moderate"])
    def put_back(self, request: HttpRequest, texts: QuerySet[TextToRead]) -> None:
        self._decide_each(request, texts, moderation.reopen, *sitting.DONE[Answer.Verdict.PENDING])

    def _decide_each(
        self,
        request: HttpRequest,
        texts: QuerySet[TextToRead],
        decide: Callable[..., Decision | None],
        *done: str,
    ) -> None:
        ticked = selected.ticked(self, request, texts)
        loaded = list(ticked)
        # After loading: what changes later still is refused by `moderation`.
        refuse_if_changed = refusing_changed(request, ticked)

        decided: redacting.Decided = []

        def decide_as_seen(text: TextToRead) -> None:
            refuse_if_changed(text)
            decided.append((text, decide(text, by=request.user)))

        tell(request, moderation.decide_each(loaded, decide_as_seen), *done)
        tell_gone(request, loaded)
        sitting.remember(request.session, decided)

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
        if len(step.keys) > 1:
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
        outcome = moderation.decide_each(
            step.texts.values(),
            lambda text: moderation.undo(of_text[text.pk], text, by=request.user),
        )
        tell(request, outcome, "décision annulée", "décisions annulées")
        gone = len(step.keys) - len(of_text)
        if gone:
            told = count(gone, "texte n’existe plus", "textes n’existent plus")
            messages.warning(request, f"{told}\u00a0: leur auteur les a modifiés ou effacés.")
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
            return self._show(request, rewritten, typed.kept(rewritten), typed)
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
        rest = f"{count(left, 'texte', 'textes')} à lire encore" if left else "Tout est lu"
        said = f"Texte de {text.respondent}\u00a0: {text.get_verdict_display()}. {rest}."
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
            "code_form": code_form or (text.choice and CodeForm(text.question)),
            "seen": seen([text]),
            "undoable": may_decide and sitting.last(request.session),
            "waiting": count(TextToRead.objects.waiting().count(), "texte", "textes"),
        }
        return TemplateResponse(request, "admin/survey/texttoread/change_form.html", context)
