"""The report for programs: the very figures of the page, from the same object."""

from datetime import date

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from analysis import editions, reading, searching
from analysis.filters import COMPARED, FILTERED, UnknownGroup
from analysis.models import Edition
from analysis.payload import block_data, report_data, section_data, text_data
from analysis.report import Block, Report
from analysis.serializers import (
    BlockSerializer,
    ReportSerializer,
    SectionSerializer,
    TextPageSerializer,
)

TAGS = ["Rapport"]
GROUPS = [
    OpenApiParameter(
        FILTERED,
        description="Un groupe de ceux que le rapport énumère sous `filters` : `equipe:seul`.",
    ),
    OpenApiParameter(COMPARED, description="Un second groupe du même filtre, à côté du premier."),
]


class PublicView(APIView):
    """Open to all, from any site; asked for again each time and answered 304 when the same."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @property
    def default_response_headers(self) -> dict[str, str]:
        headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, no-cache"}
        return super().default_response_headers | headers


class ReportView(PublicView):
    @extend_schema(
        operation_id="report",
        tags=TAGS,
        summary="Tout le rapport : ses parties et leurs blocs",
        parameters=GROUPS,
        responses={200: ReportSerializer},
    )
    def get(self, request: Request, edition: date | None = None) -> Response:
        return Response(report_data(_view(request, edition), request))


class SectionView(PublicView):
    @extend_schema(
        operation_id="report_section",
        tags=TAGS,
        summary="Une partie du rapport",
        parameters=GROUPS,
        responses={200: SectionSerializer},
    )
    def get(self, request: Request, code: str, edition: date | None = None) -> Response:
        report = _view(request, edition)
        for section in report.sections:
            if section.code == code:
                return Response(section_data(report, section, request))
        raise Http404


class BlockView(PublicView):
    @extend_schema(
        operation_id="report_block",
        tags=TAGS,
        summary="Un bloc : sa phrase, sa base, ses chiffres",
        parameters=GROUPS,
        responses={200: BlockSerializer},
    )
    def get(self, request: Request, code: str, edition: date | None = None) -> Response:
        report, block = _block(request, code, edition)
        return Response(block_data(report, block, request))


class TextPages(PageNumberPagination):
    page_size = 10
    page_size_query_param = "page_size"
    max_page_size = 100


class TextsView(PublicView):
    @extend_schema(
        operation_id="report_texts",
        tags=TAGS,
        summary="Les textes publiés d’un bloc, par numéro",
        parameters=[
            OpenApiParameter(
                "q", description="Des mots du texte, tous, sans égard à la casse ni aux accents."
            ),
            OpenApiParameter(
                "group", description="Où les textes sont groupés, ceux d’un groupe du bloc."
            ),
            OpenApiParameter("page", int),
            OpenApiParameter("page_size", int, description="100 au plus ; 10 sinon."),
        ],
        responses={200: TextPageSerializer},
    )
    def get(self, request: Request, code: str, edition: date | None = None) -> Response:
        report, block = _block(request, code, edition)
        query = request.query_params
        try:
            numbers = reading.numbers_of(block, query.get("group", ""))
        except UnknownGroup as error:
            raise NotFound(str(error)) from error
        words = searching.words(query.get("q", ""))
        pages = TextPages()
        texts = reading.texts(report, block, numbers, words)
        shown = pages.paginate_queryset(texts, request, view=self)
        return pages.get_paginated_response(text_data(block, shown))


def _view(request: Request, edition: date | None) -> Report:
    """The report of whom the address asks for; a group too small is as if it were not there."""
    try:
        report = editions.view(edition, request.query_params)
    except UnknownGroup as error:
        raise NotFound(str(error)) from error
    except Edition.DoesNotExist as error:
        raise Http404 from error
    if report is None:
        raise Http404
    return report


def _block(request: Request, code: str, edition: date | None) -> tuple[Report, Block]:
    report = _view(request, edition)
    if code not in report.blocks:
        raise Http404
    return report, report.blocks[code]


urlpatterns = [
    path("report/", ReportView.as_view(), name="report"),
    path("report/sections/<str:code>/", SectionView.as_view(), name="report-section"),
    path("report/blocks/<str:code>/", BlockView.as_view(), name="report-block"),
    path("report/blocks/<str:code>/texts/", TextsView.as_view(), name="report-texts"),
]
