"""A report of the small questionnaire with a filter, a licence and a table of structures."""

import csv
import io

from analysis import declarations
from analysis.declarations import BlockSpec, Declaration, FilterSpec, Licence, StructureTable
from analysis.wording import Noun
from tests.factories import respondent

PEOPLE = Noun("personne", "personnes", feminine=True)
LICENCE = Licence("etalab-2.0", "Licence Ouverte 2.0", "https://licence.example/")
FIGURES = "/resultats/rapport.csv"
TABLE = StructureTable("Les structures", ("nom", "type"))


def declare(monkeypatch):
    declared = Declaration(
        "test.yaml",
        "Le rapport",
        PEOPLE,
        licence=LICENCE,
        filters={"tiers_lieu": FilterSpec()},
        blocks={"nom": BlockSpec(tables=(TABLE,))},
    )
    monkeypatch.setattr(declarations, "read", lambda code: declared)


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def figures(client, query=""):
    return lines(client.get(FIGURES + query).content)


def twelve(*, oui):
    """Twelve respondents, so many of them in a tiers-lieu; one duration is a hidden count."""
    for n in range(12):
        lieu = "oui" if n < oui else "non"
        respondent({"tiers_lieu": lieu, "type": "association" if n else "mairie", "duree": 30})
