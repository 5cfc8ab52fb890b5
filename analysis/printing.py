"""The report as a PDF: made once for what it shows, one at a time, and kept."""

import hashlib
import logging
import mimetypes
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache as remembered
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.urls import resolve

from analysis import listing, page, textpages
from analysis.page import BlockPage, DetailPage, SectionPage
from analysis.report import Report

logger = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 3600
LOCK, LONGEST_SECONDS = "pdf:being-made", 300
RETRY_SECONDS = 30
TEXTS_PRINTED, ROWS_PRINTED = 100, 100

FETCHED = re.compile(r'<(?:img|link rel="stylesheet")[^>]*? (?:src|href)="([^"]+)"')
"""What a page shows that is not written in it: images and style sheets."""


class BeingMade(Exception):
    """Another PDF is being made: this one has to wait."""


@remembered
def is_available() -> bool:
    """Whether this machine can make PDFs; README says which packages it takes."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def sections(report: Report) -> list[SectionPage]:
    """Every section as paper wants it: all texts, not the first ten alone; but not thousands."""
    return [
        replace(section, blocks=[_on_paper(report, item) for item in section.blocks])
        for section in page.of(report)
    ]


def _on_paper(report: Report, item: BlockPage) -> BlockPage:
    texts = textpages.in_block(report, item.block, TEXTS_PRINTED)
    details = [_shortened(report, item, place) for place in range(1, len(item.details) + 1)]
    return replace(item, texts=texts, details=details, embedding=None)


def _shortened(report: Report, item: BlockPage, place: int) -> DetailPage:
    """A detail box whose table of structures, if it is one, has its first rows alone."""
    detail = item.details[place - 1]
    if detail.listing is None:
        return detail
    rows = detail.table.rows[:ROWS_PRINTED]
    return replace(detail, listing=listing.listing(report, item.block, place, rows))


def pdf(html: str, home: str) -> bytes:
    """The PDF of this page, whose address is `home`; raise BeingMade.

    It takes seconds, so that one is made at a time, whoever asks and for whatever. The one before
    is given to nobody meanwhile: it may hold words that were taken back.
    """
    # Addresses within the page change when the charts and style sheets that they lead to do.
    name, version = f"pdf:{home}", hashlib.sha256(html.encode()).hexdigest()
    kept = cache.get(name)
    if kept and kept[0] == version:
        return kept[1]
    if not cache.add(LOCK, True, LONGEST_SECONDS):
        raise BeingMade
    try:
        made = _made(html, home, version)
        cache.set(name, (version, made), KEPT_SECONDS)
    finally:
        cache.delete(LOCK)
    return made


def _made(html: str, home: str, version: str) -> bytes:
    work = (html, home, _files(html, home), version.encode())
    printer = subprocess.run(
        [sys.executable, "-m", "analysis.pdf"],
        input=pickle.dumps(work),
        cwd=settings.BASE_DIR,
        capture_output=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    if printer.returncode:
        logger.error("No PDF was made: %s", printer.stderr.decode(errors="replace"))
        printer.check_returncode()
    return printer.stdout


def _files(html: str, home: str) -> dict[str, tuple[str, bytes]]:
    """Type and content of each file that the page shows, read here: nothing is asked by HTTP."""
    files = {}
    for address in map(unescape, FETCHED.findall(html)):
        path, query = urlsplit(address).path, urlsplit(address).query
        is_static = path.startswith(settings.STATIC_URL)
        content = (
            _static(path.removeprefix(settings.STATIC_URL)) if is_static else _drawn(path, query)
        )
        files[urljoin(home, address)] = (mimetypes.guess_type(path)[0] or "", content)
    return files


def _static(name: str) -> bytes:
    """A static file, by its own name or by that which it was collected under."""
    found = finders.find(name)
    with open(found, "rb") if found else staticfiles_storage.open(name) as file:
        return file.read()


def _drawn(path: str, query: str) -> bytes:
    """A chart, as its address gives it."""
    request = HttpRequest()
    request.method, request.path, request.GET = "GET", path, QueryDict(query)
    view, args, kwargs = resolve(path)
    return view(request, *args, **kwargs).content
