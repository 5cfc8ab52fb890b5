"""A page as a PDF: made once for what it shows, one at a time, and kept."""

import hashlib
import logging
import mimetypes
import pickle
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache as remembered
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.cache import patch_cache_control

logger = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 3600
LOCK, LONGEST_SECONDS = "pdf:being-made", 300
RETRY_SECONDS = 30

FETCHED = re.compile(r'<(?:img|link rel="stylesheet")[^>]*? (?:src|href)="([^"]+)"')
"""What a page shows that is not written in it: images and style sheets."""


class BeingMade(Exception):
    """Another PDF is being made: this one has to wait."""


@dataclass(frozen=True)
class Printed:
    """A page to be printed: its template, and where and under which title it is on the site.

    `name`: that of the file.
    """

    template: str
    home: str
    title: str
    name: str


@remembered
def is_available() -> bool:
    """Whether this machine can make PDFs; README says which packages it takes."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def answer(request: HttpRequest, printed: Printed, context: dict[str, Any]) -> HttpResponse:
    """This page as a PDF; where there is none, or not yet, a page that says so."""
    where = {"page": urlsplit(printed.home).path, "page_title": printed.title}
    if not is_available():
        return render(request, "pdf/none.html", where, status=404)
    try:
        content = pdf(render_to_string(printed.template, context), printed.home)
    except BeingMade:
        response = render(request, "pdf/being_made.html", where, status=503)
        response["Retry-After"] = RETRY_SECONDS
        return response
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{printed.name}"'
    patch_cache_control(response, public=True, no_cache=True)
    return response


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
        [sys.executable, "-m", "survey.typesetting"],
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
