"""The open figures as a Frictionless Data Package: every file described, in one zip.

The descriptor follows https://specs.frictionlessdata.io/data-package/ (version 1, tabular). The
same report gives the same bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils import timezone

from analysis import codebook, reading, sheets, tidy
from analysis.report import Report
from analysis.sheets import Field, Sheet
from analysis.tables import Cell
from survey.french import NO_BREAK_SPACE, listed, quoted

DESCRIPTION = (
    "Les chiffres du rapport et les questions d’où ils viennent ; pour l’ensemble des réponses,"
    " aussi les textes publiés et les tableaux. Une cellule vide est une valeur absente. Un texte"
    " qu’un tableur prendrait pour une formule est précédé d’une apostrophe."
)
READABLE = 0o644 << 16
"""How a zip says that everybody may read a file."""

TEXTS = (
    Field("question", "string", "Question", constraints={"required": True}),
    Field("number", "integer", "Numéro", "De la personne ; il ne dit pas qui elle est."),
    Field("text", "string", "Texte", "Relu avant de paraître."),
    Field(
        "counted_as",
        "string",
        "Compté avec",
        "Le choix avec lequel les chiffres comptent cette précision, à la place de « Autre ».",
    ),
)


def written(report: Report, home: str) -> bytes:
    """The zip; `home`: the address of the report on its site."""
    files = {f"{sheet.name}.csv": (sheet, sheet.csv) for sheet in contents(report)}
    resources = [_resource(path, *file) for path, file in files.items()]
    descriptor = _descriptor(report, home) | {"resources": resources}
    words = json.dumps(descriptor, ensure_ascii=False, indent=2)
    csvs = {path: csv for path, (_, csv) in files.items()}
    return _zipped(report, {"datapackage.json": words.encode()} | csvs)


def contents(report: Report) -> list[Sheet]:
    """Figures, questions and choices; of everybody also texts, and the tables of detail boxes."""
    made = [tidy.sheet(report), codebook.questions(report), codebook.choices(report)]
    if any(block.texts for block in report.blocks.values()):
        made.append(_texts(report))
    return made + [
        sheets.of_table(
            f"{block.code}-{place}", f"{block.title}{NO_BREAK_SPACE}: {detail.title}", detail.table
        )
        for block in report.blocks.values()
        for place, detail in enumerate(block.details, start=1)
    ]


def _texts(report: Report) -> Sheet:
    return Sheet(
        name="texts",
        title="Les textes publiés",
        description="Une ligne par texte relu et publié avec l’accord de son auteur ; à une"
        " question fermée, la précision écrite à côté d’un choix.",
        fields=TEXTS,
        rows=sheets.lines(TEXTS, _published(report)),
        keys={"question": ("questions", "question")},
    )


def _published(report: Report) -> Iterator[dict[str, Cell]]:
    for block in report.blocks.values():
        if block.texts:
            for text in reading.published(report, block, block.texts):
                yield {"question": block.code, **text._asdict()}


def _descriptor(report: Report, home: str) -> dict[str, Any]:
    campaign, licence = report.campaign, report.licence
    source = urljoin(home, reverse("api:questionnaire"))
    words = [f"{DESCRIPTION} Groupes{NO_BREAK_SPACE}: {groups}." for groups in _groups(report)]
    described = {
        "profile": "tabular-data-package",
        "name": campaign.structure.code.lower(),
        "title": report.title,
        "description": words[0] if words else DESCRIPTION,
        "homepage": home,
        "created": timezone.localtime(report.updated_at).isoformat(timespec="seconds"),
        "sources": [{"title": f"Questionnaire {quoted(campaign.structure.title)}", "path": source}],
    }
    licences = {"licenses": [asdict(licence)]} if licence else {}
    return described | licences | ({"version": str(report.edition)} if report.edition else {})


def _groups(report: Report) -> list[str]:
    """Of whom the report is, if not of everybody."""
    if report.selection is None:
        return []
    return [listed([quoted(group.title) for group in report.selection.groups])]


def _resource(path: str, sheet: Sheet, csv: bytes) -> dict[str, Any]:
    described = {
        "profile": "tabular-data-resource",
        "name": sheet.name.lower(),
        "path": path,
        "title": sheet.title,
        "description": sheet.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(csv),
        "hash": f"sha256:{hashlib.sha256(csv).hexdigest()}",
        "schema": sheet.schema,
    }
    return {key: value for key, value in described.items() if value != ""}


def _zipped(report: Report, files: Mapping[str, bytes]) -> bytes:
    moment = timezone.localtime(report.updated_at).timetuple()[:6]
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, moment)
            entry.external_attr = READABLE
            package.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return output.getvalue()
