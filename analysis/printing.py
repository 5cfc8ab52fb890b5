"""What of the report is put on paper: all of it, within reason."""

from dataclasses import replace

from analysis import listing, page, textpages
from analysis.page import BlockPage, DetailPage, SectionPage
from analysis.report import Report

TEXTS_PRINTED, ROWS_PRINTED = 100, 100


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
