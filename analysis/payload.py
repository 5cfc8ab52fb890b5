"""The report as JSON: the contract of `/api/v1/report/`, described in serializers.py."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from rest_framework.request import Request

from analysis import images, reading
from analysis.addresses import address
from analysis.filters import Split
from analysis.images import Illustrated
from analysis.notes import Note
from analysis.report import Block, Detail, Report, Section
from analysis.tables import Cell, Share, Table
from survey.publication import Campaign, Text


def report_data(report: Report, request: Request) -> dict[str, Any]:
    respondents = report.respondents
    return {
        "questionnaire": report.campaign.structure.code,
        "title": report.title,
        "updated_at": timezone.localtime(report.updated_at),
        "edition": report.edition,
        "respondents": {
            "total": respondents.total,
            "complete": respondents.complete,
            "partial": respondents.partial,
        },
        "selection": _selection(report),
        "filters": [_filter(split) for split in report.splits.values()],
        "sections": [section_data(report, section, request) for section in report.sections],
    }


def _selection(report: Report) -> list[str]:
    selection = report.selection
    if selection is None:
        return []
    return [f"{selection.filter.code}:{group.code}" for group in selection.groups]


def _filter(split: Split) -> dict[str, Any]:
    offers = [
        {"group": f"{split.filter.code}:{code}", "label": group.title, "size": split.size(code)}
        for code, group in split.filter.groups.items()
    ]
    return {"code": split.filter.code, "title": split.filter.title, "groups": offers}


def section_data(report: Report, section: Section, request: Request) -> dict[str, Any]:
    blocks = [block_data(report, block, request) for block in section.blocks]
    return {
        "code": section.code,
        "title": section.title,
        "commentary": _commentary(section.commentary),
        "blocks": blocks,
    }


def _commentary(notes: Sequence[Note]) -> list[dict[str, Any]]:
    return [asdict(note) for note in notes]


def block_data(report: Report, block: Block, request: Request) -> dict[str, Any]:
    query = images.query_of(report)
    csv = images.with_query(address(report, "analysis:table", block.code), query)
    return {
        "code": block.code,
        "title": block.title,
        "kind": block.kind,
        "measure": block.measure,
        "sentence": block.sentence,
        "commentary": _commentary(block.commentary),
        "base": _base(block),
        **block.figures,
        **_crossed(report, block, request),
        **_texts(report, block, request),
        **(_campaign(report.campaign) if "curve" in block.figures else {}),
        "legend": block.legend,
        "chart": _chart(report, block, request),
        **_map(report, block, request),
        "table": _table(block.table),
        "csv": request.build_absolute_uri(csv),
        "details": [
            _detail(report, block, place, detail, request)
            for place, detail in enumerate(block.details, start=1)
        ],
    }


_BASE = ("asked", "answered", "missing", "not_asked", "not_concerned")


def _base(block: Block) -> dict[str, int | None]:
    base = block.base
    if base is None:
        answered = block.groups[0].answered if len(block.groups) == 1 else None
        return dict.fromkeys(_BASE) | {"answered": answered}
    return {name: getattr(base, name) for name in _BASE}


def _chart(report: Report, shown: Illustrated, request: Request) -> dict[str, str] | None:
    return None if shown.chart is None else _image(report, shown, "", request)


def _map(report: Report, block: Block, request: Request) -> dict[str, Any]:
    """Of the blocks that have one."""
    if block.map is None:
        return {}
    credit = {"credit": block.map.geography.credit}
    return {"map": _image(report, block, images.MAP, request) | credit}


def _image(report: Report, shown: Illustrated, variant: str, request: Request) -> dict[str, str]:
    query = images.query_of(report)
    addresses = {
        extension: images.with_query(
            images.chart_address(report, shown.code, extension, variant), query
        )
        for extension in ("svg", "png")
    }
    absolute = {name: request.build_absolute_uri(path) for name, path in addresses.items()}
    return absolute | {"alt": shown.sentence}


def _crossed(report: Report, block: Block, request: Request) -> dict[str, Any]:
    """The answers by those to another question, with their chart and file."""
    figures = block.figures.get("crossed")
    if figures is None:
        return {}
    code = f"{block.code}-par-{figures['by']}"
    details = [(place, detail) for place, detail in enumerate(block.details, start=1)]
    place, detail = next(each for each in details if each[1].code == code)
    chart, csv = _chart(report, detail, request), _csv(report, block, place, request)
    return {"crossed": {**figures, "chart": chart, "csv": csv}}


def _csv(report: Report, block: Block, place: int, request: Request) -> str:
    path = address(report, "analysis:detail_table", block.code, place)
    return request.build_absolute_uri(path)


def _texts(report: Report, block: Block, request: Request) -> dict[str, Any]:
    """Of text questions, and of closed ones where a precision may be read."""
    if block.measure != "text" and not block.texts and not block.gone:
        return {}
    url = request.build_absolute_uri(address(report, "api:report-texts", block.code))
    published = None if block.base is None else len(block.texts)
    texts = {"published": published, "url": url} | _text_groups(block)
    return {"texts": texts | _gone(report, block.gone)}


def _text_groups(block: Block) -> dict[str, Any]:
    """Where the texts of a block are grouped, how many each group has."""
    groups = [
        {"group": group.code, "label": group.title, "published": len(group.numbers)}
        for group in block.text_groups
    ]
    return {"groups": groups} if groups else {}


def text_data(block: Block, texts: Sequence[Text]) -> list[dict[str, Any]]:
    """Texts, each with the choice of its author where the block groups them by it."""
    if not block.text_groups:
        return [text._asdict() for text in texts]
    groups = reading.groups_by_number(block)
    choices = {number: group.choice for number, group in groups.items()}
    return [text._asdict() | {"group": choices.get(text.number)} for text in texts]


def _gone(report: Report, gone: int) -> dict[str, int]:
    """Of an edition: how many of its texts, or rows, were taken back or changed since."""
    return {} if report.edition is None else {"gone": gone}


def _campaign(campaign: Campaign) -> dict[str, Any]:
    return {
        "campaign": {
            "opens_at": campaign.opens_at and timezone.localtime(campaign.opens_at),
            "closes_at": campaign.closes_at and timezone.localtime(campaign.closes_at),
            "circulation": campaign.circulation,
        }
    }


def _detail(
    report: Report, block: Block, place: int, detail: Detail, request: Request
) -> dict[str, Any]:
    gone = _gone(report, detail.gone) if detail.structures else {}
    return {
        "title": detail.title,
        "sentence": detail.sentence,
        "chart": _chart(report, detail, request),
        "csv": _csv(report, block, place, request),
        **_table(detail.table),
        **gone,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "columns": list(table.columns),
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> Any:
    return cell.value if isinstance(cell, Share) else cell
