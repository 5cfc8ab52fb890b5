"""Editions for programs: which there are, and each as the report of now is served."""

from typing import Any

from django.urls import include, path, reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from analysis import archive
from analysis.api import (
    GROUPS,
    TAGS,
    BlockView,
    PublicView,
    ReportView,
    SectionView,
    TextsView,
)
from analysis.archive import Entry

NO_GROUPS = [OpenApiParameter(group.name, exclude=True) for group in GROUPS]


class EditionSerializer(serializers.Serializer):
    date = serializers.DateField(help_text="Celle qui nomme l’édition dans son adresse.")
    title = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    frozen_at = serializers.DateTimeField()
    responses = serializers.IntegerField()
    progress = serializers.CharField(
        allow_blank=True, help_text="Ce qui a changé depuis l’édition précédente, en une phrase."
    )
    page = serializers.URLField()
    report = serializers.URLField()


class EditionsSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    results = EditionSerializer(many=True)


class EditionsView(PublicView):
    @extend_schema(
        operation_id="editions",
        tags=TAGS,
        summary="Les éditions du rapport, la plus récente d’abord",
        responses={200: EditionsSerializer},
    )
    def get(self, request: Request) -> Response:
        results = [_data(entry, request) for entry in archive.entries()]
        return Response({"count": len(results), "results": results})


def _data(entry: Entry, request: Request) -> dict[str, Any]:
    edition = entry.edition
    report = reverse("api:edition:report", args=[edition.date])
    same = ("date", "title", "note", "responses")
    return {name: getattr(edition, name) for name in same} | {
        "frozen_at": timezone.localtime(edition.frozen_at),
        "progress": entry.progress,
        "page": request.build_absolute_uri(edition.get_absolute_url()),
        "report": request.build_absolute_uri(report),
    }


def _of_an_edition(view: type[PublicView], operation: str, summary: str) -> type[PublicView]:
    """The view of the report of now, described for what it is at an edition's address."""
    twin = type(f"Edition{view.__name__}", (view,), {})
    described = extend_schema(operation_id=operation, summary=summary, parameters=NO_GROUPS)
    return extend_schema_view(get=described)(twin)


EditionReport = _of_an_edition(ReportView, "edition_report", "Une édition, entière")
EditionSection = _of_an_edition(SectionView, "edition_section", "Une partie d’une édition")
EditionBlock = _of_an_edition(BlockView, "edition_block", "Un bloc d’une édition")
EditionTexts = _of_an_edition(
    TextsView, "edition_texts", "Les textes d’un bloc encore publiés comme à la date de l’édition"
)

edition_urls = [
    path("report/", EditionReport.as_view(), name="report"),
    path("report/sections/<str:code>/", EditionSection.as_view(), name="report-section"),
    path("report/blocks/<str:code>/", EditionBlock.as_view(), name="report-block"),
    path("report/blocks/<str:code>/texts/", EditionTexts.as_view(), name="report-texts"),
]
urlpatterns = [
    path("editions/", EditionsView.as_view(), name="editions"),
    path("editions/<day:edition>/", include((edition_urls, "edition"))),
]
