"""What the tests of editions share: a report with words in it, and all its public addresses."""

import io
import zipfile
from dataclasses import replace
from datetime import date

from analysis import declarations, editions
from analysis.declarations import BlockSpec, Declaration, StructureTable
from analysis.models import Edition
from analysis.wording import Noun
from survey import moderation
from survey.models import Answer
from tests import factories
from tests.factories import moderator, respondent

DAY = date(2021, 3, 5)
PAGE = "/resultats/editions/2021-03-05/"
API = "/api/v1/editions/2021-03-05/report/"
ADDRESSES = (
    PAGE,
    f"{PAGE}textes/freins/",
    f"{PAGE}graphiques/duree.svg",
    f"{PAGE}tableaux/duree.csv",
    f"{PAGE}tableaux/type/1.csv",
    f"{PAGE}rapport.csv",
    f"{PAGE}rapport.zip",
    f"{PAGE}integrer/duree/",
    API,
    f"{API}sections/lieu/",
    f"{API}blocks/type/",
    f"{API}blocks/freins/",
    f"{API}blocks/freins/texts/",
    "/api/v1/editions/",
    "/resultats/editions/",
    "/resultats/editions.atom",
)
ANSWERS = {
    "nom": "Le Phare",
    "type": "association",
    "duree": 90,
    "freins": "Le temps qui manque",
    "site": "https://phare.example",
}


SITE = factories.spec("site", "url", consent="name_structure")


def ask(monkeypatch):
    """Load a small questionnaire, whose report has one table of structures and their sites."""
    asked = tuple(q for q in factories.METIER.questions if q.code != "site")
    sections = (factories.LIEU, replace(factories.METIER, questions=(*asked, SITE)))
    factories.questionnaire(replace(factories.STRUCTURE, sections=sections))
    table = StructureTable("Table", ("nom", "type", "site"))
    people = Noun("personne", "personnes", feminine=True)
    declared = Declaration(
        "test.yaml", "Le rapport", people, blocks={"type": BlockSpec(tables=(table,))}
    )
    monkeypatch.setattr(declarations, "read", lambda code: declared)


def freeze(day=DAY, **more):
    edition = Edition(date=day, **more)
    editions.freeze(edition, by=moderator())
    return edition


def published(answers=ANSWERS, **more):
    person = respondent(answers, **more)
    for answer in Answer.objects.filter(respondent=person).exclude(text=""):
        moderation.approve(answer, by=moderator())
    return person


def everything(client):
    return {url: _read(client.get(url)) for url in ADDRESSES}


def _read(answer):
    """What an answer says; of a zip, what its files say."""
    if answer["Content-Type"] != "application/zip":
        return answer.content
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    return b"".join(files.read(name) for name in files.namelist())


def everywhere(client):
    return b"".join(everything(client).values()).decode()


def rows(client):
    return client.get(f"{API}blocks/type/").json()["details"][0]["rows"]
