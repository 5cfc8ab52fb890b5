"""How the report reads in JSON: the contract of `/api/v1/report/`."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request

from analysis import page
from analysis.filters import Split
from analysis.report import Block, Detail, Report, Section
from analysis.tables import Cell, Share, Table
from survey.publication import Campaign


class BaseSerializer(serializers.Serializer):
    """Of a group, `answered` alone is told; of two, each one stands under `groups`."""

    asked = serializers.IntegerField(allow_null=True)
    answered = serializers.IntegerField(allow_null=True)
    missing = serializers.IntegerField(allow_null=True, help_text="Posée, sans réponse : « na ».")
    not_asked = serializers.IntegerField(
        allow_null=True, help_text="La condition n’était pas remplie."
    )


class ChoiceShareSerializer(serializers.Serializer):
    choice = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField(
        allow_null=True, help_text="Null dans un groupe : personne, ou trop peu pour être dit."
    )
    share = serializers.FloatField(
        allow_null=True,
        help_text="De celles et ceux qui ont répondu, de 0 à 1 ; null sans réponse.",
    )


class ItemRanksSerializer(serializers.Serializer):
    choice = serializers.CharField()
    label = serializers.CharField()
    counts = serializers.ListField(
        child=serializers.IntegerField(allow_null=True),
        help_text="En premier, en deuxième… ; dans un groupe, en premier seulement.",
    )
    mentioned = serializers.IntegerField(allow_null=True, help_text="À n’importe quel rang.")


class BinSerializer(serializers.Serializer):
    def get_fields(self) -> dict[str, serializers.Field]:
        # `from` is a keyword of Python.
        return {
            "from": serializers.FloatField(),
            "to": serializers.FloatField(allow_null=True, help_text="Exclu ; null : et plus."),
            "count": serializers.IntegerField(allow_null=True),
        }


class DistributionSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    min = serializers.FloatField(allow_null=True)
    q1 = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)
    mean = serializers.FloatField(allow_null=True)
    q3 = serializers.FloatField(allow_null=True)
    max = serializers.FloatField(allow_null=True)
    bins = BinSerializer(many=True)


class TextsSerializer(serializers.Serializer):
    published = serializers.IntegerField(allow_null=True)
    url = serializers.URLField()


class DaySerializer(serializers.Serializer):
    date = serializers.DateField()
    responses = serializers.IntegerField(help_text="Cumulées, à la fin du jour.")


class CampaignSerializer(serializers.Serializer):
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    circulation = serializers.CharField(allow_blank=True)


class GroupSerializer(serializers.Serializer):
    """One of two groups compared, with `shares`, `ranks` or `distribution` as the measure has."""

    group = serializers.CharField(help_text="Comme l’adresse le nomme : `equipe:seul`.")
    label = serializers.CharField()
    answered = serializers.IntegerField(allow_null=True)
    shares = ChoiceShareSerializer(many=True, required=False)
    ranks = ItemRanksSerializer(many=True, required=False)
    distribution = DistributionSerializer(required=False)


class ChartSerializer(serializers.Serializer):
    svg = serializers.URLField()
    png = serializers.URLField()
    alt = serializers.CharField()


class TableSerializer(serializers.Serializer):
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField())


class DetailSerializer(TableSerializer):
    title = serializers.CharField()
    csv = serializers.URLField()


class BlockSerializer(serializers.Serializer):
    """`shares`, `ranks`, `distribution`, `texts`, `curve` are there as the measure has them."""

    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    measure = serializers.CharField()
    sentence = serializers.CharField()
    base = BaseSerializer()
    shares = ChoiceShareSerializer(many=True, required=False)
    ranks = ItemRanksSerializer(many=True, required=False)
    distribution = DistributionSerializer(required=False)
    texts = TextsSerializer(required=False)
    curve = DaySerializer(many=True, required=False)
    campaign = CampaignSerializer(required=False)
    groups = GroupSerializer(many=True, required=False)
    chart = ChartSerializer(allow_null=True)
    table = TableSerializer()
    csv = serializers.URLField()
    details = DetailSerializer(many=True)


class SectionSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    blocks = BlockSerializer(many=True)


class RespondentsSerializer(serializers.Serializer):
    total = serializers.IntegerField(allow_null=True)
    complete = serializers.IntegerField(allow_null=True)
    partial = serializers.IntegerField(allow_null=True)


class OfferSerializer(serializers.Serializer):
    group = serializers.CharField()
    label = serializers.CharField()
    size = serializers.IntegerField(allow_null=True, help_text="Null : trop peu pour être dit.")


class FilterSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    groups = OfferSerializer(many=True)


class ReportSerializer(serializers.Serializer):
    questionnaire = serializers.CharField()
    title = serializers.CharField()
    updated_at = serializers.DateTimeField()
    respondents = RespondentsSerializer()
    selection = serializers.ListField(
        child=serializers.CharField(), help_text="Les groupes dont parle le rapport ; [] : tous."
    )
    filters = FilterSerializer(many=True)
    sections = SectionSerializer(many=True)


class TextPageSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | {"results": TextSerializer(many=True)}


class TextSerializer(serializers.Serializer):
    number = serializers.IntegerField(help_text="Le numéro de la personne, jamais réattribué.")
    text = serializers.CharField()


def report_data(report: Report, request: Request) -> dict[str, Any]:
    respondents = report.respondents
    return {
        "questionnaire": report.campaign.structure.code,
        "title": report.title,
        "updated_at": report.updated_at,
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
    return {"code": section.code, "title": section.title, "blocks": blocks}


def block_data(report: Report, block: Block, request: Request) -> dict[str, Any]:
    query = page.query_of(report)
    csv = page.with_query(reverse("analysis:table", args=[block.code]), query)
    return {
        "code": block.code,
        "title": block.title,
        "kind": block.kind,
        "measure": block.measure,
        "sentence": block.sentence,
        "base": _base(block),
        **block.figures,
        **_texts(block, request),
        **(_campaign(report.campaign) if "curve" in block.figures else {}),
        "chart": _chart(block, query, request),
        "table": _table(block.table),
        "csv": request.build_absolute_uri(csv),
        "details": [
            _detail(block, place, detail, request)
            for place, detail in enumerate(block.details, start=1)
        ],
    }


def _base(block: Block) -> dict[str, int | None]:
    base = block.base
    if base is None:
        answered = block.groups[0].answered if len(block.groups) == 1 else None
        return {"asked": None, "answered": answered, "missing": None, "not_asked": None}
    return {
        "asked": base.asked,
        "answered": base.answered,
        "missing": base.missing,
        "not_asked": base.not_asked,
    }


def _chart(block: Block, query: str, request: Request) -> dict[str, str] | None:
    if block.chart is None:
        return None
    addresses = {
        extension: page.with_query(page.chart_address(block.code, extension), query)
        for extension in ("svg", "png")
    }
    absolute = {name: request.build_absolute_uri(path) for name, path in addresses.items()}
    return absolute | {"alt": block.sentence}


def _texts(block: Block, request: Request) -> dict[str, Any]:
    """Of text questions, and of closed ones where a precision may be read."""
    if block.measure != "text" and not block.texts:
        return {}
    url = request.build_absolute_uri(reverse("api:report-texts", args=[block.code]))
    published = None if block.base is None else len(block.texts)
    return {"texts": {"published": published, "url": url}}


def _campaign(campaign: Campaign) -> dict[str, Any]:
    facts = ("opens_at", "closes_at", "circulation")
    return {"campaign": {fact: getattr(campaign, fact) for fact in facts}}


def _detail(block: Block, place: int, detail: Detail, request: Request) -> dict[str, Any]:
    address = reverse("analysis:detail_table", args=[block.code, place])
    csv = request.build_absolute_uri(address)
    return {"title": detail.title, "csv": csv, **_table(detail.table)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "columns": list(table.columns),
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> Any:
    return cell.value if isinstance(cell, Share) else cell
