"""Which choice the precisions on « Autre » count as: one by one where they are read, in bulk."""

from collections.abc import Collection, Iterable, Sequence

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
from survey.admin import selected, sitting
from survey.admin.codeform import CodeForm, SeenForm, seen
from survey.admin.listed import tell_gone, tell_lost
from survey.admin.moderating import ReadOnlyAdmin, count, tell
from survey.admin.reading import SeenAtActionForm, recoded_since
from survey.french import listed, number, quoted
from survey.models import Question, TextToRead
from survey.moderation import ModerationError, Outcome

WORDS_SHOWN = 200
BACK = "remis dans «\u00a0Autre\u00a0»", "remis dans «\u00a0Autre\u00a0»"
UNSEEN = (
    "Rien n’est changé\u00a0: la page ne dit plus comment vous avez lu cela. Relisez, puis "
    "recommencez."
)


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
        form, as_seen = CodeForm(text.question, [text], request.POST), SeenForm(request.POST)
        wants_none = "uncode" in request.POST
        if not as_seen.is_valid() or text.pk not in as_seen.cleaned_data["seen"]:
            messages.error(request, UNSEEN)
            return self.show(request, text, form)
        if not (wants_none or form.is_valid()):
            return self.show(request, text, form)
        text.coded_as_id = as_seen.cleaned_data["seen"][text.pk]
        if self._code(request, [text], None if wants_none else form):
            return redirect("admin:survey_texttoread_change", text.pk)
        now = self.get_object(request, object_id)
        return self.show(request, now, form) if now else self.gone(request)

    @admin.action(description="Compter comme…", permissions=["moderate"])
    def code_as(self, request: HttpRequest, texts: QuerySet[TextToRead]) -> HttpResponse | None:
        """Ask as which choice the selected precisions count, then count them so."""
        if "confirmed" in request.POST:
            return self._code_as_confirmed(request)
        ticked = selected.ticked(self, request, texts)
        tell_gone(request, ticked)
        question = self._question_of(request, ticked, chosen := list(ticked.precisions()))
        return question and self._ask(request, chosen, CodeForm(question, chosen))

    def _code_as_confirmed(self, request: HttpRequest) -> HttpResponse | None:
        as_seen = SeenForm(request.POST)
        if not as_seen.is_valid():
            messages.error(request, UNSEEN)
            return None
        chosen = self._as_seen(as_seen)
        tell_lost(request, len(as_seen.cleaned_data["seen"]) - len(chosen))
        question = self._question_of(request, chosen, chosen)
        if question is None:
            return None
        form = CodeForm(question, chosen, request.POST)
        if form.is_valid() and self._code(request, chosen, form):
            return None
        if form.is_valid():
            # Somebody decided meanwhile: shown as it is now, so that they may decide again.
            chosen = list(TextToRead.objects.filter(pk__in=[text.pk for text in chosen]))
        return self._ask(request, chosen, form) if chosen else None

    def _question_of(
        self, request: HttpRequest, ticked: Collection[TextToRead], chosen: list[TextToRead]
    ) -> Question | None:
        """The one question of all these precisions; None, and told, if there is no such one."""
        questions = {text.question_id: text.question for text in chosen}
        if len(questions) == 1:
            return questions.popitem()[1]
        if ticked:
            messages.warning(request, _not_of_one_question(questions.values()))
        return None

    @admin.action(description="Remettre dans «\u00a0Autre\u00a0»", permissions=["moderate"])
    def uncode(self, request: HttpRequest, texts: QuerySet[TextToRead]) -> None:
        ticked = selected.ticked(self, request, texts)
        since = recoded_since(ticked, SeenAtActionForm.moment(request.POST))
        loaded = list(ticked)
        kept = [text for text in loaded if text.pk not in since]
        refused = tuple(
            str(moderation.changed_meanwhile(text, coding.last_coding(text), by=request.user))
            for text in loaded
            if text.pk in since
        )
        outcome = coding.uncode_each(kept, by=request.user)
        self._tell(request, len(kept), outcome, BACK)
        tell(request, Outcome(0, refused), "", "")
        tell_gone(request, loaded)
        sitting.remember(request.session, outcome.steps)

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
    ) -> bool:
        """Count these as the form says, and tell; whether it was done, of some at least."""
        question = texts[0].question
        before = consequences.counts(question)
        try:
            outcome, done = self._coded(request, texts, form)
        except ModerationError as error:
            form.add_error("new", str(error))
            return False
        moved = consequences.moved(question, before, consequences.counts(question))
        self._tell(request, len(texts), outcome, done, f"\u00a0: {moved}" if moved else "")
        sitting.remember(request.session, outcome.steps)
        return len(outcome.refused) < len(texts)

    def _coded(
        self, request: HttpRequest, texts: Sequence[TextToRead], form: CodeForm | None
    ) -> tuple[coding.Coded, tuple[str, str]]:
        if form is None:
            return coding.uncode_each(texts, by=request.user), BACK
        target, reason = form.target, form.cleaned_data["reason"]
        outcome = coding.code_each(texts, target, by=request.user, reason=reason)
        label = quoted(target.label)
        return outcome, (f"compté avec {label}", f"comptés avec {label}")

    def _tell(
        self,
        request: HttpRequest,
        number_of_texts: int,
        outcome: coding.Coded,
        done: tuple[str, str],
        figures: str = "",
    ) -> None:
        one, many = done
        tell(request, outcome, f"texte {one}{figures}", f"textes {many}{figures}")
        already = number_of_texts - outcome.decided - len(outcome.refused)
        if already:
            told = count(already, f"texte était déjà {one}", f"textes étaient déjà {many}")
            messages.info(request, f"{told}.")

    def _ask(
        self, request: HttpRequest, texts: Sequence[TextToRead], form: CodeForm
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "Compter comme…",
            "opts": self.opts,
            "question": form.question,
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
