"""Editions, and round numbers of answers: for whoever follows the report from their own reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from analysis import archive, live
from analysis.archive import Entry
from analysis.report import PARTICIPATION
from survey.french import number

MILESTONES = (100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000)
ENTRIES = 30


@dataclass(frozen=True)
class Item:
    """`link` tells it from all others."""

    title: str
    summary: str
    link: str
    at: datetime
    changed_at: datetime


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    response = _Editions()(request)
    # Deleting the last edition leaves an older date: the ETag alone tells such a feed apart.
    del response["Last-Modified"]
    patch_cache_control(response, public=True, no_cache=True)
    return response


class _Dated(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """The same each time while there is nothing to announce."""
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)


class _Editions(Feed):
    feed_type = _Dated
    language = "fr"
    title = "Conumm\u00a0: éditions du rapport"
    subtitle = "Les éditions datées du rapport, ce qui a changé de l’une à l’autre, et ses étapes."
    author_name = "Conumm"

    def link(self) -> str:
        return reverse("analysis:results")

    def items(self) -> list[Item]:
        found = [*map(_edition, archive.entries()), *_milestones()]
        return sorted(found, key=lambda item: item.at, reverse=True)[:ENTRIES]

    def item_title(self, item: Item) -> str:
        return item.title

    def item_description(self, item: Item) -> SafeString:
        return linebreaks(item.summary, autoescape=True)

    def item_link(self, item: Item) -> str:
        return item.link

    def item_pubdate(self, item: Item) -> datetime:
        return item.at

    def item_updateddate(self, item: Item) -> datetime:
        return item.changed_at


def _edition(entry: Entry) -> Item:
    edition = entry.edition
    said = (entry.progress or f"{edition.counted}.", edition.note)
    return Item(
        title=edition.name,
        summary="\n\n".join(filter(None, said)),
        link=edition.get_absolute_url(),
        at=edition.frozen_at,
        changed_at=edition.changed_at,
    )


def _milestones() -> Iterator[Item]:
    """Each round number that was reached, on the day it was, as the answers are now."""
    report = live.report()
    block = report.blocks.get(PARTICIPATION) if report else None
    curve = block.figures["curve"] if block else ()
    for responses in MILESTONES:
        day = next((d["date"] for d in curve if d["responses"] >= responses), None)
        if day:
            at = timezone.make_aware(datetime.combine(date.fromisoformat(day), time()))
            link = f"{reverse('analysis:results')}#reponses-{responses}"
            title = f"{number(responses)} réponses"
            yield Item(title, f"Le questionnaire a reçu {title}.", link, at, at)
