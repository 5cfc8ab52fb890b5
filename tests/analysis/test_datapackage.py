"""The whole report as files: one tidy table, and a Data Package that describes each of its own."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import frictionless
import pytest

from analysis import editions, tidy
from analysis.models import Edition
from survey import filling, moderation
from survey.models import Answer
from survey.questionnaire import SectionSpec
from tests import factories
from tests.analysis import reporting
from tests.factories import STRUCTURE, moderator, respondent, spec

pytestmark = pytest.mark.django_db

FIGURES, PACKAGE = "/resultats/rapport.csv", "/resultats/rapport.zip"


@pytest.fixture(autouse=True)
def own_report(questionnaire, monkeypatch):
    reporting.declare(monkeypatch)


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def figures(client, query=""):
    return lines(client.get(FIGURES + query).content)


def told(line):
    """What a line says, without what is empty and where it stands."""
    place = ("section", "block", "title", "measure")
    return {name: value for name, value in line.items() if value and name not in place}


def of_block(found, code):
    return [told(line) for line in found if line["block"] == code]


def package(client, query=""):
    return zipfile.ZipFile(io.BytesIO(client.get(PACKAGE + query).content))


def descriptor(files):
    return json.loads(files.read("datapackage.json"))


def twelve(*, oui):
    """Twelve respondents, so many of them in a tiers-lieu; one duration is a hidden count."""
    for n in range(12):
        lieu = "oui" if n < oui else "non"
        respondent({"tiers_lieu": lieu, "type": "association" if n else "mairie", "duree": 30})


def test_each_line_is_a_figure_with_its_statistic_and_its_base(client):
    respondent({"tiers_lieu": "oui", "duree": 10, "publics": ["jeunes", "seniors"]})
    respondent({"tiers_lieu": "oui", "duree": 20, "publics": ["jeunes"]})
    respondent({"tiers_lieu": "non", "forme": "de_fait"})
    respondent({"outils": ["tablette"]})

    found = figures(client)

    assert of_block(found, "tiers_lieu") == [
        {"statistic": "asked", "count": "4", "base": "3"},
        {"statistic": "answered", "count": "3", "base": "3"},
        {"statistic": "missing", "count": "1", "base": "3"},
        {"statistic": "not_asked", "count": "0", "base": "3"},
        {"statistic": "not_concerned", "count": "0", "base": "3"},
        {
            "choice": "oui",
            "label": "Oui",
            "statistic": "count",
            "count": "2",
            "share": "0.666667",
            "base": "3",
        },
        {
            "choice": "non",
            "label": "Non",
            "statistic": "count",
            "count": "1",
            "share": "0.333333",
            "base": "3",
        },
    ]
    median = {"statistic": "median", "value": "15.0", "unit": "minutes", "base": "2"}
    assert median in of_block(found, "duree")
    jeunes = [line for line in of_block(found, "publics") if line.get("choice") == "jeunes"]
    assert [(line["statistic"], line.get("rank"), line.get("count")) for line in jeunes] == [
        ("rank", "1", "2"),
        ("rank", "2", "0"),
        ("rank", "3", "0"),
        ("mentioned", None, "2"),
        ("mean_rank", None, None),
    ]
    assert jeunes[-1] == {
        "choice": "jeunes",
        "label": "Jeunes",
        "statistic": "mean_rank",
        "value": "1.0",
        "base": "2",
    }


def test_participation_says_who_finished(client, questionnaire):
    section = SectionSpec("participation", "Participation", questions=(spec("lieu", "yesno"),))
    factories.questionnaire(replace(STRUCTURE, sections=(section, *STRUCTURE.sections)))
    filling.complete(respondent({"duree": 10}))
    respondent({"duree": 10})

    assert of_block(figures(client), "participation")[5:7] == [
        {"statistic": "complete", "count": "1", "share": "0.5", "base": "2"},
        {"statistic": "partial", "count": "1", "share": "0.5", "base": "2"},
    ]


def test_no_two_lines_are_of_the_same_figure(client):
    twelve(oui=5)
    names = ("block", "group", "choice", "statistic", "rank", "lower", "day")

    for query in ("", "?groupe=tiers_lieu:oui&compare=tiers_lieu:non"):
        found = [tuple(line[name] for name in names) for line in figures(client, query)]
        assert len(found) == len(set(found)) > 30


def test_every_choice_of_the_api_has_the_same_count_in_the_file(client):
    twelve(oui=5)
    queries = ("", "?groupe=tiers_lieu:oui", "?groupe=tiers_lieu:oui&compare=tiers_lieu:non")

    for query in queries:
        found = {
            (line["block"], line["group"], line["choice"]): line["count"]
            for line in figures(client, query)
            if line["statistic"] == "count"
        }
        for section in client.get(f"/api/v1/report/{query}").json()["sections"]:
            for block in section["blocks"]:
                own = "tiers_lieu:oui" if query else ""
                for group in block.get("groups", [block | {"group": own}]):
                    for share in group.get("shares", ()):
                        count = "" if share["count"] is None else str(share["count"])
                        assert found[block["code"], group["group"], share["choice"]] == count


def test_a_count_that_a_group_hides_is_empty_like_nobody(client):
    twelve(oui=5)

    shares = of_block(figures(client, "?groupe=tiers_lieu:oui"), "type")

    hidden = {"group": "tiers_lieu:oui", "group_label": "Oui", "statistic": "count", "base": "5"}
    assert hidden | {"choice": "mairie", "label": "Mairie"} in shares
    assert hidden | {"choice": "autre", "label": "Autre"} in shares


def test_of_a_group_too_small_nothing_is_told(client):
    twelve(oui=2)

    for line in figures(client, "?groupe=tiers_lieu:oui"):
        assert (line["count"], line["share"], line["value"]) == ("", "", "")


def test_answers_by_those_to_another_question_are_lines_of_groups():
    shares = [{"choice": "oui", "label": "Oui", "count": 8, "share": 0.5}]
    groups = [{"choice": "mairie", "label": "Mairie", "base": 16, "shares": shares}]

    (line,) = tidy._crossed({"by": "type", "groups": groups})

    assert line == {
        "group": "type:mairie",
        "group_label": "Mairie",
        "choice": "oui",
        "label": "Oui",
        "statistic": "count",
        "count": 8,
        "share": 0.5,
        "base": 16,
    }


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
