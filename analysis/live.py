"""The report of now: kept in the process, brought up to date when something public changed."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from analysis import commentary, declarations, filters, frame, grouped, structures
from analysis.declarations import Declaration
from analysis.filters import Selection
from analysis.frame import Frame
from analysis.models import Commentary
from analysis.models.commentary import Written
from analysis.report import Report, write
from survey import publication
from survey.publication import Campaign

VIEWS_KEPT = 64


@dataclass(frozen=True)
class _Kept:
    campaign: Campaign
    frame: Frame
    report: Report
    declaration: Declaration
    views: dict[str, Report] = field(default_factory=dict)
    annotated: dict[tuple[Written, ...], Report] = field(default_factory=dict)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def view(self, selection: Selection) -> Report:
        """The report of these groups, written once; the oldest makes room for the next."""
        found = self.views.get(selection.query)
        if found is not None:
            return found
        with self.writing:
            found = self.views.get(selection.query)
            if found is None:
                found = grouped.write(self.report, self.declaration, selection)
                if len(self.views) >= VIEWS_KEPT:
                    del self.views[next(iter(self.views))]
                self.views[selection.query] = found
        return found


_kept: _Kept | None = None
_rebuilding = threading.Lock()


def report() -> Report | None:
    """The report as the data are now; None before a questionnaire is loaded.

    While one thread brings it up to date, the others serve what they have.
    """
    kept = _current()
    return kept and _annotated(kept)


def view(query: Mapping[str, str]) -> Report | None:
    """The report of the groups that an address asks for, of everybody if none; see filters.py.

    Raise UnknownGroup.
    """
    kept = _current()
    if kept is None:
        return None
    offered = {code: split.filter for code, split in kept.report.splits.items()}
    selection = filters.selected(offered, query)
    if selection is None:
        return _annotated(kept)
    # Written from the bare report: editors comment on everybody's figures, not on a group's.
    return kept.view(selection)


def _annotated(kept: _Kept) -> Report:
    """With the editors' commentary, read each time: what they save is there at the next request."""
    written = Commentary.objects.of(settings.QUESTIONNAIRE).published().written()
    report = kept.annotated.get(written)
    if report is None:
        report = commentary.annotated(kept.report, written)
        kept.annotated.clear()
        kept.annotated[written] = report
    return report


def _current() -> _Kept | None:
    kept = _kept
    now = publication.revision(settings.QUESTIONNAIRE)
    if now is None:
        return None
    if kept and now == _revision(kept.campaign):
        return kept
    if not _rebuilding.acquire(blocking=kept is None):
        return kept
    try:
        return _up_to_date()
    finally:
        _rebuilding.release()


def forget() -> None:
    """Drop what is kept: the database is another one."""
    global _kept
    _kept = None
    structures.forget()


def _up_to_date() -> _Kept:
    global _kept
    campaign = publication.campaign()
    kept = _kept
    if kept and _revision(kept.campaign) == _revision(campaign):
        return kept
    columns = _frame(campaign, kept)
    declaration = declarations.read(campaign.structure.code)
    written = write(declaration, campaign, columns, settings.MINIMUM_GROUP)
    _kept = _Kept(campaign, columns, written, declaration)
    return _kept


def _frame(campaign: Campaign, kept: _Kept | None) -> Frame:
    code = campaign.structure.code
    # An added choice comes and goes with those who are counted as it: no revision of its own.
    if kept is None or kept.campaign.structure != campaign.structure:
        return frame.build(campaign.structure, publication.changes(code))
    return frame.refresh(kept.frame, publication.changes(code, kept.frame.revision))


def _revision(campaign: Campaign) -> tuple[object, ...]:
    return campaign.structure_revision, campaign.revision, campaign.revised_at
