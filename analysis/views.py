from datetime import date
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from analysis import (
    archive,
    csvfiles,
    datapackage,
    downloads,
    editions,
    images,
    listing,
    page,
    printing,
    reading,
    textpages,
    tidy,
)
from analysis.filters import UnknownGroup
from analysis.models import Edition
from analysis.report import Block, Detail, Report
from survey import pdf
from survey.pdf import Printed

CSV = "text/csv; charset=utf-8"
CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def results(request: HttpRequest, edition: date | None = None) -> HttpResponse:
    try:
        report = editions.view(edition, request.GET)
    except UnknownGroup as error:
        return _fresh(render(request, "404.html", {"reason": error}, status=404))
    except Edition.DoesNotExist as error:
        raise Http404 from error
    return _fresh(render(request, "analysis/results.html", _context(request, report)))


def _context(request: HttpRequest, report: Report | None) -> dict[str, Any]:
    if report is None:
        return {"report": None}
    return {
        "report": report,
        "sections": page.of(report),
        "filters": page.filter_bar(report),
        "banner": archive.banner(report),
        "downloads": downloads.of(report),
        "home": _home(report),
    }


@require_safe
def texts(request: HttpRequest, code: str, edition: date | None = None) -> HttpResponse:
    """The approved texts of a block, page by page; those of a group, or that hold some words.

    A filtered report has none of its own: they are read in the whole one.
    """
    report, block = _block(request, code, edition)
    if report.selection:
        return redirect("analysis:texts", code)
    try:
        shown = textpages.page(report, block, request.GET)
    except UnknownGroup as error:
        raise Http404(str(error)) from error
    context = {"report": report, "topic": block, "reading": shown}
    return _fresh(render(request, "analysis/texts.html", context))


@require_safe
def text(request: HttpRequest, code: str, number: int, edition: date | None = None) -> HttpResponse:
    """What one respondent wrote, at an address that lasts as long as it may be read."""
    report, block = _block(request, code, edition)
    texts = textpages.of_number(report, block, number)
    if not texts:
        raise Http404
    group = reading.groups_by_number(block).get(number)
    context = {"report": report, "topic": block, "number": number, "texts": texts, "group": group}
    return _fresh(render(request, "analysis/text.html", context))


@require_safe
def chart(
    request: HttpRequest, name: str, extension: str, edition: date | None = None
) -> HttpResponse:
    report = _view(request, edition)
    code, variant = images.named(name)
    illustrated = report and report.illustrations.get(code)
    if not illustrated or extension not in CONTENT_TYPES:
        raise Http404
    if images.drawn(illustrated, variant)[0] is None:
        raise Http404
    response = HttpResponse(
        images.chart(illustrated, extension, variant), content_type=CONTENT_TYPES[extension]
    )
    # At the address of its very version a chart never changes.
    if request.GET.get("v") == images.version_of(illustrated):
        patch_cache_control(response, public=True, max_age=YEAR_SECONDS, immutable=True)
        return response
    return _fresh(response)


@require_safe
def table(request: HttpRequest, code: str, edition: date | None = None) -> HttpResponse:
    report, block = _block(request, code, edition)
    return _file(csvfiles.written(block.table), CSV, f"{_stem(report, block.code)}.csv")


@require_safe
def detail_table(
    request: HttpRequest, code: str, place: int, edition: date | None = None
) -> HttpResponse:
    """A table of a block's detail box, as a file; places start at 1."""
    report, block, detail = _detail(request, code, place, edition)
    return _file(csvfiles.written(detail.table), CSV, f"{_stem(report, block.code)}-{place}.csv")


@require_safe
def figures(request: HttpRequest, edition: date | None = None) -> HttpResponse:
    """The figures of the whole report, as one table."""
    report = _report(request, edition)
    return _file(tidy.sheet(report).csv, CSV, f"{_whole(report)}.csv")


@require_safe
def package(request: HttpRequest, edition: date | None = None) -> HttpResponse:
    """Figures, texts, tables and what was asked, described for programs."""
    report = _report(request, edition)
    content = datapackage.written(report, _home(report))
    return _file(content, "application/zip", f"{_whole(report)}.zip")


@require_safe
def printed(request: HttpRequest, edition: date | None = None) -> HttpResponse:
    """The whole report as a PDF, where this machine can make it."""
    report = _report(request, edition)
    context = _context(request, report) | {"sections": printing.sections(report)}
    home = _home(report)
    paper = Printed("analysis/printed.html", home, "Lire le rapport", f"{_whole(report)}.pdf")
    return pdf.answer(request, paper, context)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_safe
def embedded(request: HttpRequest, code: str, edition: date | None = None) -> HttpResponse:
    """A block's sentence and chart alone, for other sites to frame."""
    report, _ = _block(request, code, edition)
    context = {
        "report": report,
        "item": page.block_of(report, code),
        "address": f"{images.home_of(report)}#{code}",
    }
    return _fresh(render(request, "analysis/embedded.html", context))


@require_safe
def structures(
    request: HttpRequest, code: str, place: int, edition: date | None = None
) -> HttpResponse:
    """A table of structures, page by page or whole; the report holds its first rows alone."""
    report, block, detail = _detail(request, code, place, edition)
    if not detail.structures:
        raise Http404
    rows = listing.pages(detail, request.GET.get("page", ""))
    context = {
        "report": report,
        "topic": block,
        "place": place,
        "detail": detail,
        "page": rows,
        "listing": listing.listing(report, block, place, rows.object_list),
    }
    return _fresh(render(request, "analysis/structures.html", context))


def _detail(
    request: HttpRequest, code: str, place: int, edition: date | None
) -> tuple[Report, Block, Detail]:
    report, block = _block(request, code, edition)
    if not 1 <= place <= len(block.details):
        raise Http404
    return report, block, block.details[place - 1]


@require_safe
def all_editions(request: HttpRequest) -> HttpResponse:
    return _fresh(render(request, "analysis/editions.html", {"entries": list(archive.entries())}))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _fresh(response)


def _stem(report: Report, *words: str) -> str:
    """« conumm-age », « conumm-2021-03-05-age »."""
    return "-".join(filter(None, ("conumm", report.edition and str(report.edition), *words)))


def _whole(report: Report) -> str:
    """« conumm-rapport », « conumm-rapport-equipe-seul »."""
    chosen = report.selection
    groups = [f"{chosen.filter.code}-{group.code}" for group in chosen.groups] if chosen else []
    return _stem(report, "rapport", *groups)


def _home(report: Report) -> str:
    """The whole address of the page that the report is read on, whatever name it was asked by."""
    return settings.SITE_URL + images.home_of(report)


def _report(request: HttpRequest, edition: date | None) -> Report:
    report = _view(request, edition)
    if report is None:
        raise Http404
    return report


def _view(request: HttpRequest, edition: date | None) -> Report | None:
    try:
        return editions.view(edition, request.GET)
    except (UnknownGroup, Edition.DoesNotExist) as error:
        raise Http404(str(error)) from error


def _block(request: HttpRequest, code: str, edition: date | None) -> tuple[Report, Block]:
    report = _view(request, edition)
    if report is None or code not in report.blocks:
        raise Http404
    return report, report.blocks[code]


def _fresh(response: HttpResponse) -> HttpResponse:
    """To be asked for again each time, and answered 304 where nothing changed."""
    patch_cache_control(response, public=True, no_cache=True)
    return response
