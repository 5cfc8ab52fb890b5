"""What pages and the feed say of editions: where they are, what changed, how to cite them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.conf import settings

from analysis import editions
from analysis.models import Edition
from analysis.report import Report
from survey.dates import day
from survey.french import quoted

LISTED = 4
"""How many editions stand at the head of the report; a page has them all."""


@dataclass(frozen=True)
class Entry:
    """An edition, and in a sentence what had changed since the one before; "" of the first."""

    edition: Edition
    progress: str


@dataclass(frozen=True)
class Banner:
    """Editions at the head of a report: those beside it, and what changed since the last."""

    edition: Edition | None
    others: Sequence[Edition]
    progress: str
    address: str
    citation: str


def entries() -> Iterator[Entry]:
    """The newest first."""
    every = [*Edition.objects.current(), None]
    for edition, before in pairwise(every):
        yield Entry(edition, _progress(before, editions.figures(edition)))


def banner(report: Report) -> Banner:
    every = list(Edition.objects.current())
    mine = next((edition for edition in every if edition.date == report.edition), None)
    earlier = [e for e in every if mine is None or e.date < mine.date]
    others = [edition for edition in every if edition != mine]
    address = settings.SITE_URL + mine.get_absolute_url() if mine else ""
    return Banner(
        edition=mine,
        others=others[:LISTED],
        progress="" if report.selection else _progress(next(iter(earlier), None), report),
        address=address,
        citation=citation(report.title, mine.date, address) if mine else "",
    )


def citation(title: str, on: date, address: str) -> str:
    return f"Conumm, {quoted(title)}, édition du {day(on)}, {address}"


def _progress(before: Edition | None, report: Report) -> str:
    return editions.progress_since(before, report) if before else ""
