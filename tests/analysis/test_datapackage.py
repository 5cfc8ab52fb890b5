"""The whole report as a Data Package: valid, whole, and described to the last column."""

import io
import json
import zipfile
from datetime import date

import frictionless
import pytest

from analysis import editions
from analysis.models import Edition
from survey import moderation
from survey.models import Answer
from tests.analysis import reporting
from tests.analysis.reporting import FIGURES, figures, lines, twelve
from tests.factories import moderator, respondent

pytestmark = pytest.mark.django_db

PACKAGE = "/resultats/rapport.zip"


@pytest.fixture(autouse=True)
def own_report(questionnaire, monkeypatch):
    reporting.declare(monkeypatch)


def package(client, query=""):
    return zipfile.ZipFile(io.BytesIO(client.get(PACKAGE + query).content))


def descriptor(files):
    return json.loads(files.read("datapackage.json"))


def full_respondent():
    person = respondent(
        {
            "nom": "=Le Phare",
            "type": "mairie",
            "tiers_lieu": "oui",
            "forme": "de_fait",
            "duree": 12.5,
            "freins": '=HYPERLINK("x")\nle temps, "surtout"',
        }
    )
    for answer in Answer.objects.exclude(text=""):
        moderation.approve(answer, by=moderator())
    return person


def test_the_package_is_valid_whatever_people_wrote(client, tmp_path):
    full_respondent()
    twelve(oui=5)

    for query in ("", "?groupe=tiers_lieu:non", "?groupe=tiers_lieu:oui&compare=tiers_lieu:non"):
        file = tmp_path / "rapport.zip"
        file.write_bytes(client.get(PACKAGE + query).content)
        checked = frictionless.validate(str(file))
        assert checked.valid, checked.flatten(["title", "rowNumber", "fieldName", "message"])


def test_an_empty_report_has_a_valid_package_too(client, tmp_path):
    file = tmp_path / "rapport.zip"
    file.write_bytes(client.get(PACKAGE).content)

    assert frictionless.validate(str(file)).valid


def test_the_package_says_what_it_is_where_it_comes_from_and_under_which_licence(client):
    full_respondent()
    described = descriptor(package(client))

    assert (described["name"], described["title"]) == ("conumm", "Le rapport")
    assert described["homepage"] == "http://testserver/resultats/"
    assert described["licenses"] == [
        {"name": "etalab-2.0", "title": "Licence Ouverte 2.0", "path": "https://licence.example/"}
    ]
    assert described["sources"][0]["path"] == "http://testserver/api/v1/questionnaire/"
    assert described["created"].startswith("20")
    names = [resource["name"] for resource in described["resources"]]
    assert names == ["figures", "questions", "choices", "texts", "nom-1"]
    for resource in described["resources"]:
        assert all(field["title"] for field in resource["schema"]["fields"])


def test_the_codebook_says_what_was_asked_of_whom_and_with_which_choices(client):
    respondent({"tiers_lieu": "oui", "forme": "de_fait"})
    respondent({"tiers_lieu": "non"})
    files = package(client)

    questions = {line["question"]: line for line in lines(files.read("questions.csv"))}
    forme = questions["forme"]
    assert forme["wording"] == "forme ?"
    assert (
        forme["asked_of"] == "Posée à qui a répondu «\u00a0Oui\u00a0» à «\u00a0tiers_lieu ?\u00a0»."
    )
    assert json.loads(forme["condition"]) == {"question": "tiers_lieu", "any_of": ["oui"]}
    assert (forme["asked"], forme["answered"], forme["not_asked"]) == ("1", "1", "1")
    assert questions["duree"]["asked_of"] == "Posée à tout le monde."
    assert (questions["duree"]["unit"], questions["duree"]["maximum"]) == ("minutes", "600.0")
    choices = [line for line in lines(files.read("choices.csv")) if line["question"] == "outils"]
    assert [(line["choice"], line["exclusive"], line["other"]) for line in choices] == [
        ("ordinateur", "false", "false"),
        ("tablette", "false", "false"),
        ("autre", "false", "true"),
        ("aucun", "true", "false"),
    ]


def test_texts_have_their_number_and_structures_none(client):
    person = full_respondent()
    files = package(client)

    (text,) = lines(files.read("texts.csv"))
    assert (text["question"], text["number"]) == ("freins", str(person.number))
    assert text["text"].startswith("'=HYPERLINK")
    assert lines(files.read("nom-1.csv")) == [{"Nom": "'=Le Phare", "Type": "Mairie"}]


def test_a_filtered_package_holds_neither_texts_nor_structures(client):
    full_respondent()
    twelve(oui=5)

    files = package(client, "?groupe=tiers_lieu:non")

    assert sorted(files.namelist()) == [
        *("choices.csv", "datapackage.json", "figures.csv", "questions.csv")
    ]
    assert "«\u00a0Non\u00a0»" in descriptor(files)["description"]


def test_the_same_report_gives_the_same_bytes(client):
    full_respondent()
    first = client.get(PACKAGE)

    assert client.get(PACKAGE).content == first.content
    same = client.get(PACKAGE, headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304


def test_files_are_named_after_the_report_and_its_group(client):
    names = {
        FIGURES: "conumm-rapport.csv",
        f"{PACKAGE}?groupe=tiers_lieu:oui": "conumm-rapport-tiers_lieu-oui.zip",
    }
    for url, name in names.items():
        assert client.get(url)["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.get(f"{FIGURES}?groupe=x:y").status_code == 404


def test_the_page_offers_the_files_with_what_they_hold(client):
    full_respondent()
    page = client.get("/resultats/").content.decode()

    assert 'href="/resultats/rapport.csv"' in page
    assert "1 texte publié et 1 tableau" in page
    assert f"{len(figures(client))} lignes" in page
    assert "Licence Ouverte 2.0" in page


def test_the_package_of_an_edition_says_which_one_it_is(client):
    full_respondent()
    editions.freeze(Edition(date=date(2021, 3, 5)), by=moderator())

    answer = client.get("/resultats/editions/2021-03-05/rapport.zip")
    described = descriptor(zipfile.ZipFile(io.BytesIO(answer.content)))

    assert described["version"] == "2021-03-05"
    assert described["homepage"] == "http://testserver/resultats/editions/2021-03-05/"
    assert described["licenses"][0]["name"] == "etalab-2.0"
