"""A report of the small questionnaire with a filter, a licence and a table of structures."""

from analysis import declarations
from analysis.declarations import BlockSpec, Declaration, FilterSpec, Licence, StructureTable
from analysis.wording import Noun

PEOPLE = Noun("personne", "personnes", feminine=True)
LICENCE = Licence("etalab-2.0", "Licence Ouverte 2.0", "https://licence.example/")
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
