"""The report of now: kept in the process, brought up to date when something public changed."""

import threading
from dataclasses import dataclass

from django.conf import settings

from analysis import declarations, frame
from analysis.frame import Frame
from analysis.report import Report, write
from survey import publication
from survey.publication import Campaign


@dataclass(frozen=True)
class _Kept:
    campaign: Campaign
    frame: Frame
    report: Report


_kept: _Kept | None = None
_rebuilding = threading.Lock()


def report() -> Report | None:
    """The report as the data are now; None before a questionnaire is loaded.

    While one thread brings it up to date, the others serve what they have.
    """
    kept = _kept
    now = publication.revision(settings.QUESTIONNAIRE)
    if now is None:
        return None
    if kept and now == _revision(kept.campaign):
        return kept.report
    if not _rebuilding.acquire(blocking=kept is None):
        return kept.report
    try:
        return _up_to_date().report
    finally:
        _rebuilding.release()


def forget() -> None:
    """Drop what is kept: the database is another one."""
    global _kept
    _kept = None


def _up_to_date() -> _Kept:
    global _kept
    campaign = publication.campaign()
    kept = _kept
    if kept and _revision(kept.campaign) == _revision(campaign):
        return kept
    columns = _frame(campaign, kept)
    declaration = declarations.read(campaign.structure.code)
    _kept = _Kept(campaign, columns, write(declaration, campaign, columns))
    return _kept


def _frame(campaign: Campaign, kept: _Kept | None) -> Frame:
    code = campaign.structure.code
    if kept is None or kept.campaign.structure_revision != campaign.structure_revision:
        return frame.build(campaign.structure, publication.changes(code))
    return frame.refresh(kept.frame, publication.changes(code, kept.frame.revision))


def _revision(campaign: Campaign) -> tuple[object, ...]:
    return campaign.structure_revision, campaign.revision, campaign.revised_at
