"""The list of respondents told by likely duplicates, and by how far people went."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from survey import duplicates
from survey.admin.moderating import count
from survey.admin.respondent_filters import KnownFilter
from survey.models import Answer, Questionnaire, Respondent, Section

DUPLICATES = "duplicates"
NOWHERE = "none"
SHOWN = 8


class DuplicateFilter(KnownFilter):
    title = "doublons probables"
    parameter_name = DUPLICATES

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "même structure, ou réponses identiques")]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=_likely(request))


class ReachedFilter(admin.SimpleListFilter):
    """The last section in which somebody answered."""

    title = "dernière partie atteinte"
    parameter_name = "reached"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        sections = Section.objects.filter(questionnaire__code=settings.QUESTIONNAIRE)
        return [(section.code, section.title) for section in sections] + [(NOWHERE, "aucune")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        answers = Answer.objects.filter(respondent=OuterRef("pk"))
        last = answers.order_by("-question__section__position").values("question__section__code")
        reached = queryset.annotate(reached=Subquery(last[:1]))
        if self.value() == NOWHERE:
            return reached.filter(reached=None)
        return reached.filter(reached=self.value())


class LikenessChangeList(ChangeList):
    """Its rows know whom they look like, where likely duplicates are asked for."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if DUPLICATES in request.GET:
            likely = _likely(request)
            for row in self.result_list:
                row.likeness = likeness(likely.get(row.pk, {}))


def likeness(reasons: duplicates.Reasons) -> SafeString:
    """« #12 : même structure et même département », a line for each other."""
    others = Respondent.objects.filter(pk__in=reasons).order_by("number")[:SHOWN]
    lines = [
        (reverse("admin:survey_respondent_change", args=[other.pk]), other, _words(reasons, other))
        for other in others
    ]
    shown = format_html_join("", '<p class="likeness"><a href="{}">{}</a>\u00a0: {}</p>', lines)
    more = len(reasons) - len(lines)
    if more <= 0:
        return shown
    return format_html('{}<p class="likeness">et {}</p>', shown, count(more, "autre", "autres"))


def _words(reasons: duplicates.Reasons, other: Respondent) -> str:
    return ", ".join(reasons[other.pk])


def _likely(request: HttpRequest) -> Mapping[int, duplicates.Reasons]:
    """Found once for a page: filter and rows ask for it."""
    if not hasattr(request, "likely_duplicates"):
        loaded = Questionnaire.objects.filter(code=settings.QUESTIONNAIRE).first()
        request.likely_duplicates = duplicates.everywhere(loaded) if loaded else {}
    return request.likely_duplicates
