from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from analysis import csvfiles, images, live, page
from analysis.filters import UnknownGroup
from analysis.report import Block, Report

CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    report = _view(request)
    shown = {"sections": page.of(report), "filters": page.filter_bar(report)} if report else {}
    return _fresh(render(request, "analysis/results.html", {"report": report} | shown))


@require_safe
def texts(request: HttpRequest, code: str) -> HttpResponse:
    """All approved texts of a block, page by page."""
    report, block = _block(request, code)
    pages = Paginator(block.texts, page.TEXTS_A_PAGE)
    current = pages.get_page(request.GET.get("page"))
    context = {
        "report": report,
        "block": block,
        "page": current,
        "title": page.texts_title(block),
        "texts": page.texts(report, block, current.number),
    }
    return _fresh(render(request, "analysis/texts.html", context))


@require_safe
def chart(request: HttpRequest, name: str, extension: str) -> HttpResponse:
    code, _, variant = name.partition("-")
    if variant not in images.VARIANTS or extension not in CONTENT_TYPES:
        raise Http404
    _, block = _block(request, code)
    if images.drawn(block, variant)[0] is None:
        raise Http404
    response = HttpResponse(
        images.chart(block, extension, variant), content_type=CONTENT_TYPES[extension]
    )
    # At the address of its very version a chart never changes.
    if request.GET.get("v") == images.version_of(block):
        patch_cache_control(response, public=True, max_age=YEAR_SECONDS, immutable=True)
        return response
    return _fresh(response)


@require_safe
def table(request: HttpRequest, code: str) -> HttpResponse:
    _, block = _block(request, code)
    response = HttpResponse(csvfiles.written(block.table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="conumm-{block.code}.csv"'
    return _fresh(response)


@require_safe
def detail_table(request: HttpRequest, code: str, place: int) -> HttpResponse:
    """A table of a block's detail box, as a file; places start at 1."""
    _, block = _block(request, code)
    if not 1 <= place <= len(block.details):
        raise Http404
    content = csvfiles.written(block.details[place - 1].table)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="conumm-{block.code}-{place}.csv"'
    return _fresh(response)


def _view(request: HttpRequest) -> Report | None:
    try:
        return live.view(request.GET)
    except UnknownGroup as error:
        raise Http404(str(error)) from error


def _block(request: HttpRequest, code: str) -> tuple[Report, Block]:
    report = _view(request)
    if report is None or code not in report.blocks:
        raise Http404
    return report, report.blocks[code]


def _fresh(response: HttpResponse) -> HttpResponse:
    """To be asked for again each time, and answered 304 where nothing changed."""
    patch_cache_control(response, public=True, no_cache=True)
    return response
