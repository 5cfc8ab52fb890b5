"""How the report reads in JSON: the contract of `/api/v1/report/`."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request

from analysis import page
from analysis.report import Block, Detail, Report, Section
from analysis.tables import Cell, Share, Table
from survey.publication import Campaign


class BaseSerializer(serializers.Serializer):
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    missing = serializers.IntegerField(help_text="Posée, sans réponse : « na ».")
    not_asked = serializers.IntegerField(help_text="La condition n’était pas remplie.")


class ChoiceShareSerializer(serializers.Serializer):
    choice = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    share = serializers.FloatField(
        allow_null=True,
        help_text="De celles et ceux qui ont répondu, de 0 à 1 ; null sans réponse.",
    )


class ItemRanksSerializer(serializers.Serializer):
    choice = serializers.CharField()
    label = serializers.CharField()
    counts = serializers.ListField(
        child=serializers.IntegerField(), help_text="En premier, en deuxième…"
    )
    mentioned = serializers.IntegerField(help_text="À n’importe quel rang.")


class BinSerializer(serializers.Serializer):
    def get_fields(self) -> dict[str, serializers.Field]:
        # `from` is a keyword of Python.
        return {
            "from": serializers.FloatField(),
            "to": serializers.FloatField(allow_null=True, help_text="Exclu ; null : et plus."),
            "count": serializers.IntegerField(),
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
    published = serializers.IntegerField()
    url = serializers.URLField()


class DaySerializer(serializers.Serializer):
    date = serializers.DateField()
    responses = serializers.IntegerField(help_text="Cumulées, à la fin du jour.")


class CampaignSerializer(serializers.Serializer):
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    circulation = serializers.CharField(allow_blank=True)


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
    chart = ChartSerializer()
    table = TableSerializer()
    csv = serializers.URLField()
    details = DetailSerializer(many=True)


class SectionSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    blocks = BlockSerializer(many=True)


class RespondentsSerializer(serializers.Serializer):
    total = serializers.IntegerField()
    complete = serializers.IntegerField()
    partial = serializers.IntegerField()


class ReportSerializer(serializers.Serializer):
    questionnaire = serializers.CharField()
    title = serializers.CharField()
    updated_at = serializers.DateTimeField()
    respondents = RespondentsSerializer()
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
        "sections": [section_data(report, section, request) for section in report.sections],
    }


def section_data(report: Report, section: Section, request: Request) -> dict[str, Any]:
    blocks = [block_data(report, block, request) for block in section.blocks]
    return {"code": section.code, "title": section.title, "blocks": blocks}


def block_data(report: Report, block: Block, request: Request) -> dict[str, Any]:
    absolute = request.build_absolute_uri
    base = block.base
    return {
        "code": block.code,
        "title": block.title,
        "kind": block.kind,
        "measure": block.measure,
        "sentence": block.sentence,
        "base": {
            "asked": base.asked,
            "answered": base.answered,
            "missing": base.missing,
            "not_asked": base.not_asked,
        },
        **block.figures,
        **_texts(block, request),
        **(_campaign(report.campaign) if "curve" in block.figures else {}),
        "chart": {
            "svg": absolute(page.chart_address(block.code, "svg")),
            "png": absolute(page.chart_address(block.code, "png")),
            "alt": block.sentence,
        },
        "table": _table(block.table),
        "csv": absolute(reverse("analysis:table", args=[block.code])),
        "details": [
            _detail(block, place, detail, request)
            for place, detail in enumerate(block.details, start=1)
        ],
    }


def _texts(block: Block, request: Request) -> dict[str, Any]:
    """Of text questions, and of closed ones where a precision may be read."""
    if block.measure != "text" and not block.texts:
        return {}
    url = request.build_absolute_uri(reverse("api:report-texts", args=[block.code]))
    return {"texts": {"published": len(block.texts), "url": url}}


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
