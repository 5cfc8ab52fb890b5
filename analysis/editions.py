"""Editions: the report frozen under a date, and read as the report of now is."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from django.contrib.auth.models import AbstractBaseUser

from analysis import filters, frozen, live, progress, withdrawals
from analysis.models import Edition
from analysis.report import Report
from survey import publication

KEPT = 32


class NothingToFreeze(Exception):
    """There is no questionnaire yet, hence no report."""


def freeze(edition: Edition, *, by: AbstractBaseUser) -> None:
    """Keep in this new edition, for ever, the report that the public sees now; store it."""
    report = live.report()
    if report is None:
        raise NothingToFreeze
    campaign = report.campaign
    edition.questionnaire = campaign.structure.code
    edition.revision = campaign.revision
    edition.structure_revision = campaign.structure_revision
    edition.last_number = publication.last_number(campaign.structure.code)
    edition.responses = report.respondents.total
    edition.document = frozen.written(report)
    edition.fingerprints = json.dumps(withdrawals.fingerprints(report))
    edition.frozen_by = by
    edition.save(force_insert=True)


def of_day(day: date) -> Edition:
    """Raise Edition.DoesNotExist."""
    return Edition.objects.current().get(date=day)


def view(day: date | None, query: Mapping[str, str]) -> Report | None:
    """The report that an address asks for: that of now, of the groups it names, or an edition.

    An edition has no groups. Raise UnknownGroup, Edition.DoesNotExist.
    """
    if day is None:
        return live.view(query)
    filters.selected({}, query)
    return report(of_day(day))


def report(edition: Edition) -> Report:
    """The edition as it may be shown now: without the words that were withdrawn or changed."""
    changes = publication.last_change(edition.questionnaire, edition.last_number)
    return _shown(edition.pk, edition.frozen_at, changes)


def figures(edition: Edition) -> Report:
    """The edition without anybody's words."""
    return _frozen(edition.pk, edition.frozen_at)


def progress_since(edition: Edition, now: Report) -> str:
    """What has changed from the edition to this report, in a sentence."""
    return _progress(figures(edition), now)


_progress = lru_cache(maxsize=KEPT)(progress.since)


@lru_cache(maxsize=KEPT)
def _frozen(key: int, frozen_at: datetime) -> Report:
    # The moment tells apart two editions that had the same key, one after the other.
    edition = Edition.objects.only("date", "document").get(pk=key)
    return replace(frozen.read(edition.document), edition=edition.date)


@lru_cache(maxsize=KEPT)
def _shown(key: int, frozen_at: datetime, changes: tuple[int, int]) -> Report:
    """As it may be since these changes: what came of others later says nothing of it."""
    edition = Edition.objects.defer("document").get(pk=key)
    changed = None
    if edition.structure_revision == changes[0]:
        changed = publication.changed(edition.questionnaire, edition.revision)
    prints = json.loads(edition.fingerprints)
    numbers = range(edition.last_number + 1)
    return withdrawals.still_shown(_frozen(key, frozen_at), prints, numbers, changed)
