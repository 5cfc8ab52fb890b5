import pytest

from analysis import declarations
from analysis.declarations import BlockSpec, Declaration
from analysis.wording import Noun
from survey.questionnaire import SectionSpec, Structure
from tests import factories

PEOPLE = Noun("personne", "personnes", feminine=True)
KINDS_OF_STRUCTURE = {
    "association": Noun("association", "associations", feminine=True),
    "mairie": Noun("mairie", "mairies", feminine=True),
    "autre": Noun("autre structure", "autres structures", feminine=True),
}


@pytest.fixture
def commented(db, monkeypatch):
    """A small questionnaire whose report has participation and one crossed block."""
    sections = (SectionSpec("participation", "Participation"), factories.LIEU, factories.METIER)
    factories.questionnaire(Structure("conumm", "Le métier", sections=sections))
    declared = Declaration(
        "test.yaml",
        "Le rapport",
        PEOPLE,
        choices={"type": KINDS_OF_STRUCTURE},
        blocks={"tiers_lieu": BlockSpec(by="type")},
    )
    monkeypatch.setattr(declarations, "read", lambda code: declared)
