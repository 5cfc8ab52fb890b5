"""Deciding on several texts at once, from their list."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from survey import consequences, moderation
from survey.admin import redacting, selected, sitting
from survey.admin.coding import CodingAdmin
from survey.admin.listed import refusing_changed, tell_gone
from survey.admin.moderating import count, tell
from survey.admin.publishing import Asked
from survey.admin.redacting import Redaction
from survey.models import Answer, Decision, TextToRead

NONE_AGREED = "Aucun de ces textes n’a l’accord nécessaire pour paraître."


class BulkAdmin(CodingAdmin):
    """What is ticked is decided on or told of, whatever the list has become since."""

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
