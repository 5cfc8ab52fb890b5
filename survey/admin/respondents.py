"""Respondents: what each answered, whether they count and why, erasing at their request."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from survey import moderation
from survey.admin import judging, selected
from survey.admin.entry import EntryAdmin
from survey.admin.exports import ExportAdmin
from survey.admin.judging import Judgement, ReasonForm
from survey.admin.likeness import (
    DUPLICATES,
    DuplicateFilter,
    LikenessChangeList,
    ReachedFilter,
)
from survey.admin.moderating import ReadOnlyAdmin, badge, count, tell, titled
from survey.admin.portrait import portrait
from survey.admin.respondent_filters import (
    CompletedFilter,
    CompleteFilter,
    ImportFilter,
    StartedFilter,
    WaitingFilter,
)
from survey.models import Answer, Respondent, TextToRead

NUMBERS_SHOWN = 30


def _of_each(answers: QuerySet[Any], counted: str) -> Coalesce:
    """How many different `counted` these answers have, for each respondent."""
    of_one = answers.filter(respondent=OuterRef("pk")).order_by().values("respondent")
    counts = of_one.annotate(count=Count(counted, distinct=True)).values("count")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


@admin.register(Respondent)
class RespondentAdmin(EntryAdmin, ExportAdmin, ReadOnlyAdmin):
    verb = "Voir et trier"
    actions = (
        *("hold_respondents", "exclude_respondents", "restore_respondents"),
        *("erase_respondents", "export_csv", "export_json"),
    )
    change_form_template = "admin/survey/respondent/change_form.html"
    fields = ("number",)
    list_display = (
        *("name", "state", "started", "completed"),
        *("sections", "answers", "waiting", "verdict_reason"),
    )
    list_filter = (
        *("verdict", CompleteFilter, ReachedFilter, WaitingFilter, DuplicateFilter),
        ("agreed_to_publish", titled("accord\u00a0: textes", admin.BooleanFieldListFilter)),
        ("agreed_to_name_structure", titled("accord\u00a0: nom", admin.BooleanFieldListFilter)),
        *(StartedFilter, CompletedFilter, ImportFilter),
        ("mode", titled("mode", admin.ChoicesFieldListFilter)),
    )
    list_select_related = ("questionnaire",)
    ordering = ("-number",)
    search_fields = ("answers__text", "verdict_reason")
    search_help_text = "Un numéro de répondant, ou des mots d’un texte ou d’un motif."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Respondent]:
        answers = Answer.objects.all()
        return (
            super()
            .get_queryset(request)
            .annotate(
                sections_filled=_of_each(answers, "question__section"),
                questions_answered=_of_each(answers, "question"),
                texts_waiting=_of_each(TextToRead.objects.waiting(), "pk"),
            )
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        # Before the list is read: what is decided later has not been seen in it.
        read = {"read": moderation.last_decided()}
        return super().changelist_view(request, read | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[LikenessChangeList]:
        return LikenessChangeList

    def get_list_display(self, request: HttpRequest) -> Sequence[str]:
        if DUPLICATES not in request.GET:
            return self.list_display
        number, *others = self.list_display
        return (number, "likeness", *others)

    @admin.display(description="ressemble à")
    def likeness(self, respondent: Respondent) -> str:
        return respondent.likeness

    @admin.display(description="numéro", ordering="number")
    def name(self, respondent: Respondent) -> str:
        if respondent.is_entered:
            return f"{respondent} · {respondent.get_mode_display()}"
        return str(respondent)

    @admin.display(description="commencé", ordering="started_at")
    def started(self, respondent: Respondent) -> str:
        return date_format(timezone.localtime(respondent.started_at), "SHORT_DATE_FORMAT")

    @admin.display(description="terminé", ordering="completed_at", empty_value="en cours")
    def completed(self, respondent: Respondent) -> str | None:
        completed_at = respondent.completed_at
        return completed_at and date_format(timezone.localtime(completed_at), "SHORT_DATE_FORMAT")

    @admin.display(description="parties", ordering="sections_filled")
    def sections(self, respondent: Respondent) -> int:
        return respondent.sections_filled

    @admin.display(description="réponses", ordering="questions_answered")
    def answers(self, respondent: Respondent) -> int:
        return respondent.questions_answered

    @admin.display(description="à lire", ordering="texts_waiting")
    def waiting(self, respondent: Respondent) -> int:
        return respondent.texts_waiting

    @admin.display(description="décision", ordering="verdict")
    def state(self, respondent: Respondent) -> SafeString:
        return badge(respondent.verdict)

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("survey.delete_respondent")

    @admin.action(description="Mettre en attente…", permissions=["moderate"])
    def hold_respondents(self, request: HttpRequest, people: QuerySet[Respondent]) -> HttpResponse:
        return self._judge(request, people, judging.HOLD)

    @admin.action(description="Exclure…", permissions=["moderate"])
    def exclude_respondents(
        self, request: HttpRequest, people: QuerySet[Respondent]
    ) -> HttpResponse:
        return self._judge(request, people, judging.EXCLUDE)

    @admin.action(description="Compter de nouveau…", permissions=["moderate"])
    def restore_respondents(
        self, request: HttpRequest, people: QuerySet[Respondent]
    ) -> HttpResponse:
        return self._judge(request, people, judging.RESTORE)

    @admin.action(description="Effacer à la demande de la personne…", permissions=["erase"])
    def erase_respondents(self, request: HttpRequest, people: QuerySet[Respondent]) -> HttpResponse:
        return self._judge(request, people, judging.ERASE)

    def _judge(
        self, request: HttpRequest, people: QuerySet[Respondent], judgement: Judgement
    ) -> HttpResponse:
        """Ask for the reason, or for a confirmation; then do it, or ask again of whom it was not.

        They were judged meanwhile: whoever confirms once more has been told.
        """
        people = selected.ticked(self, request, people)
        form = judgement.form(request.POST if "confirmed" in request.POST else None)
        if not people.exists():
            self._tell_gone(request, [])
            return redirect(request.get_full_path())
        if not form.is_valid():
            return self._ask(request, people, judgement, form)
        read_now = moderation.last_decided()
        loaded = list(people)
        if judgement is judging.ERASE:
            self.log_deletions(request, loaded)
        decide = judgement.decision(form, by=request.user)
        if judgement.verdict:
            decide = moderation.unless_judged_since(_read(request), decide, by=request.user)
        outcome = moderation.decide_each(loaded, decide)
        tell(request, outcome, *judgement.done)
        self._tell_gone(request, loaded)
        if not outcome.left:
            return self._back(request, loaded)
        keys = [person.pk for person in outcome.left]
        left = self.get_queryset(request).filter(pk__in=keys)
        again = {"selected": keys, "select_across": "0", "read": read_now}
        return self._ask(request, left, judgement, form, **again)

    def _tell_gone(self, request: HttpRequest, people: Collection[Respondent]) -> None:
        gone = len(selected.gone(request, people))
        if gone:
            told = ("répondant n’existe plus", "répondants n’existent plus")
            messages.warning(request, f"{count(gone, *told)}\u00a0: tout en est effacé.")

    def _ask(
        self,
        request: HttpRequest,
        people: QuerySet[Respondent],
        judgement: Judgement,
        form: ReasonForm,
        **again: Any,
    ) -> HttpResponse:
        """`again`: what differs from what was posted, where it was confirmed in part."""
        numbers = [str(person) for person in people[:NUMBERS_SHOWN]]
        total = people.count()
        context = self.admin_site.each_context(request) | {
            "title": judgement.title,
            "opts": self.opts,
            "judgement": judgement,
            "form": form,
            "total": count(total, "répondant", "répondants"),
            "numbers": numbers,
            "more": total - len(numbers),
            "checkbox": ACTION_CHECKBOX_NAME,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "detail": request.POST.get("detail", ""),
            "read": _read(request),
        }
        context |= again
        return TemplateResponse(request, "admin/survey/respondent/judge.html", context)

    def _back(self, request: HttpRequest, people: list[Respondent]) -> HttpResponse:
        """To where it was asked: the list with its filters, or the page of the one concerned."""
        alone = people[0].pk if request.POST.get("detail") and len(people) == 1 else None
        if alone and Respondent.objects.filter(pk=alone).exists():
            return redirect("admin:survey_respondent_change", alone)
        return redirect(request.get_full_path())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        respondent = self.get_object(request, object_id)
        context: dict[str, Any] = {"checkbox": ACTION_CHECKBOX_NAME}
        if respondent and self.has_view_permission(request, respondent):
            context |= portrait(respondent) | {
                "title": f"Répondant {respondent}",
                "subtitle": None,
                "judgements": self._judgements(request, respondent),
                "read": moderation.last_decided(),
                "may_enter": respondent.is_entered and self.has_add_permission(request),
            }
        return super().change_view(request, object_id, form_url, context)

    def _judgements(self, request: HttpRequest, respondent: Respondent) -> list[Judgement]:
        """What this user can do with this respondent now."""
        allowed = self.get_actions(request)
        return [
            judgement
            for judgement in judging.JUDGEMENTS
            if judgement.action in allowed and judgement.verdict != respondent.verdict
        ]


def _read(request: HttpRequest) -> int:
    """Up to which decision the page from which this was sent had read."""
    read = request.POST.get("read", "")
    return int(read) if read.isascii() and read.isdecimal() else moderation.last_decided()
