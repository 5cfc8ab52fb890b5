"""The files of the whole report that its page offers, and what each holds."""

from dataclasses import dataclass
from functools import lru_cache

from analysis import images, tidy
from analysis.addresses import address
from analysis.report import Report
from analysis.wording import Noun
from survey import pdf
from survey.french import listed

LINES = Noun("ligne", "lignes", feminine=True)
TEXTS = Noun("texte publié", "textes publiés")
TABLES = Noun("tableau", "tableaux")


@dataclass(frozen=True)
class Download:
    title: str
    format: str
    address: str
    holds: str


@lru_cache(maxsize=16)
def of(report: Report) -> list[Download]:
    offered = [
        Download(
            "Tous les chiffres",
            "CSV",
            _address(report, "analysis:figures"),
            f"Un seul tableau de {LINES.of(len(tidy.sheet(report).rows))}, pour un tableur.",
        ),
        Download(
            "Toutes les données, décrites",
            "ZIP",
            _address(report, "analysis:package"),
            _all(report),
        ),
        Download(
            "Le rapport pour un programme",
            "JSON",
            _address(report, "api:report"),
            "Phrases, chiffres et adresses des images, tels que l’API les donne.",
        ),
    ]
    return [*_printed(report), *offered]


def _printed(report: Report) -> list[Download]:
    """Where this machine can make it."""
    if not pdf.is_available():
        return []
    where, holds = _address(report, "analysis:printed"), "Tout ce qui suit, avec un sommaire."
    return [Download("Le rapport à imprimer", "PDF", where, holds)]


def _all(report: Report) -> str:
    published = sum(len(block.texts) for block in report.blocks.values())
    tables = sum(len(block.details) for block in report.blocks.values())
    more = [noun.of(n) for noun, n in ((TEXTS, published), (TABLES, tables)) if n]
    held = listed(["Les chiffres", "l’énoncé des questions et des choix", *more])
    return f"{held}, en un paquet Frictionless Data Package."


def _address(report: Report, route: str) -> str:
    return images.with_query(address(report, route), images.query_of(report))
