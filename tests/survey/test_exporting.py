import csv
import io
import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User

from survey import coding, csvfiles, exporting, filling, moderation
from survey.coding import NewChoice
from survey.filling import Consents
from survey.models import Question, Respondent
from tests.factories import moderator, respondent, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/survey/respondent/"


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def exported(questionnaire):
    return lines(b"".join(exporting.as_csv(questionnaire, Respondent.objects.all())))


def as_json(questionnaire):
    return json.loads(b"".join(exporting.as_json(questionnaire, Respondent.objects.all())))


def export(client, kind, *, where="", **more):
    posted = {"action": f"export_{kind}", "_selected_action": ["all"], "select_across": "1"}
    answer = client.post(f"{LIST}{where}", posted | more)
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


def test_a_question_has_one_column_or_one_a_choice_with_other_texts_apart(questionnaire):
    answers = {
        "nom": "Le Phare",
        "type": {"choice": "autre", "other": "une péniche"},
        "tiers_lieu": "oui",
        "outils": ["ordinateur", {"choice": "autre", "other": "un ampli"}],
        "publics": ["jeunes", "seniors"],
        "duree": 90.5,
        "freins": "=1+1",
    }
    person = respondent(answers, Consents(participate=True, publish_texts=True))
    moderation.reject(text_of(person, "nom"), by=moderator())
    moderation.redact(text_of(person, "type"), "une […]", by=moderator())
    filling.complete(person)

    (line,) = exported(questionnaire)

    assert {key: value for key, value in line.items() if not key.endswith("_at")} == {
        "number": "1",
        "verdict": "counted",
        "verdict_reason": "",
        "mode": "web",
        "participate": "1",
        "publish_texts": "1",
        "name_structure": "0",
        "not_concerned": "",
        "nom": "Le Phare",
        "nom.decision": "rejected",
        "nom.publie": "",
        "type": "autre",
        "type.autre.texte": "une péniche",
        "type.autre.decision": "redacted",
        "type.autre.publie": "une […]",
        "type.autre.compte_comme": "",
        "type.autre.compte_comme.libelle": "",
        "tiers_lieu": "oui",
        "forme": "",
        "outils.ordinateur": "1",
        "outils.tablette": "0",
        "outils.autre": "1",
        "outils.aucun": "0",
        "outils.autre.texte": "un ampli",
        "outils.autre.decision": "pending",
        "outils.autre.publie": "",
        "outils.autre.compte_comme": "",
        "outils.autre.compte_comme.libelle": "",
        "publics.seniors": "2",
        "publics.jeunes": "1",
        "publics.enfants": "",
        "duree": "90.5",
        "humeur": "",
        "freins": "'=1+1",
        "freins.decision": "pending",
        "freins.publie": "",
        "site": "",
        "site.decision": "",
        "site.publie": "",
    }
    assert line["completed_at"].startswith("20")


@pytest.mark.parametrize(
    ("target", "cells"), [("mairie", ("mairie", "")), ("=Bateau", ("bateau", "'=Bateau"))]
)
def test_beside_a_precision_stands_as_what_it_counts(questionnaire, target, cells):
    person = respondent({"type": {"choice": "autre", "other": "une péniche"}})
    question = Question.objects.get(code="type")
    choice = question.choices.filter(code=target).first()
    coding.code(text_of(person, "type"), choice or NewChoice(question, target), by=moderator())

    (line,) = exported(questionnaire)

    columns = ("type.autre.compte_comme", "type.autre.compte_comme.libelle")
    assert tuple(line[column] for column in columns) == cells
    assert line["type"] == "autre"


def test_what_was_not_answered_is_empty_and_never_zero(questionnaire):
    respondent({"duree": 10})

    (line,) = exported(questionnaire)

    assert line["outils.ordinateur"] == line["publics.seniors"] == line["type.autre.texte"] == ""
    assert line["completed_at"] == ""


def test_a_question_that_does_not_concern_is_neither_empty_nor_answered(questionnaire):
    marked = {"outils": {"not_concerned": True}, "duree": {"not_concerned": True}}
    respondent(marked | {"tiers_lieu": "oui"})

    (line,) = exported(questionnaire)
    assert line["not_concerned"] == "duree outils"
    assert line["outils.ordinateur"] == line["duree"] == ""
    assert as_json(questionnaire)["respondents"][0]["answers"] == marked | {"tiers_lieu": "oui"}


def test_json_holds_api_values_and_what_was_decided_of_texts(questionnaire):
    answers = {
        "outils": [{"choice": "autre", "other": "un ampli"}],
        "publics": ["jeunes", "seniors"],
        "freins": "=1+1, Jean",
    }
    person = respondent(answers)
    moderation.redact(text_of(person, "freins"), "=1+1", by=moderator())

    export = as_json(questionnaire)

    assert (export["format"], export["version"]) == ("conumm-responses", 1)
    assert export["questionnaire"] == "conumm"
    (only,) = export["respondents"]
    assert (only["number"], only["completed_at"], only["verdict"]) == (1, None, "counted")
    assert only["consents"] == {"participate": True, "publish_texts": True, "name_structure": True}
    assert only["answers"] == answers
    assert only["texts"] == [
        {
            "question": "outils",
            "choice": "autre",
            "verdict": "pending",
            "public_text": "",
            "coded_as": None,
        },
        {
            "question": "freins",
            "choice": None,
            "verdict": "redacted",
            "public_text": "=1+1",
            "coded_as": None,
        },
    ]
    assert filling.save(respondent(), 0, only["answers"]).changed == set(answers)


def test_an_export_never_holds_a_personal_link(questionnaire):
    person = respondent({"freins": "un"})

    for made in (exporting.as_csv, exporting.as_json):
        content = b"".join(made(questionnaire, Respondent.objects.all())).decode()
        assert person.token_hash not in content
        assert "token" not in content


def test_everybody_comes_once_however_many_they_are(questionnaire, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    monkeypatch.setattr(csvfiles, "ROWS_AT_ONCE", 2)
    for n in range(5):
        respondent({"duree": n + 1})

    assert [line["duree"] for line in exported(questionnaire)] == ["1", "2", "3", "4", "5"]
    assert [each["number"] for each in as_json(questionnaire)["respondents"]] == [1, 2, 3, 4, 5]


def test_an_empty_export_is_still_a_file(questionnaire):
    assert exported(questionnaire) == []
    assert as_json(questionnaire)["respondents"] == []


def test_the_list_exports_all_that_it_shows_under_its_filters(admin_client, questionnaire):
    filling.complete(respondent({"freins": "le temps", "site": "le temps aussi"}))
    respondent({"freins": "autre chose"})

    answer, content = export(admin_client, "csv")
    assert [line["number"] for line in lines(content)] == ["1", "2"]
    assert answer["Content-Disposition"].endswith('.csv"')
    assert "no-store" in answer["Cache-Control"]

    _, content = export(admin_client, "json", where="?complete=yes&q=temps")
    assert [each["number"] for each in json.loads(content)["respondents"]] == [1]


def test_selected_respondents_alone_are_exported(admin_client, questionnaire):
    respondent({"duree": 1})
    second = respondent({"duree": 2})

    _, content = export(admin_client, "csv", _selected_action=[second.pk], select_across="0")

    assert [line["number"] for line in lines(content)] == ["2"]


def test_each_export_is_logged_with_who_what_and_by_which_filters(admin_client, questionnaire):
    respondent({"freins": "Camille m’aide"})
    export(admin_client, "csv", where="?complete=no&q=Camille&o=1")

    entry = LogEntry.objects.get()

    assert entry.user.username == "admin"
    assert entry.change_message == (
        "Export des réponses : CSV, 1 répondant ; filtres : complete, recherche"
    )
    assert "Export des réponses" in admin_client.get("/admin/").content.decode()


@pytest.mark.parametrize("allowed", [False, True])
def test_only_whoever_has_the_right_exports(client, questionnaire, allowed):
    respondent({"freins": "SECRET"})
    user = User.objects.create_user("lectrice", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_respondent"))
    if allowed:
        user.user_permissions.add(Permission.objects.get(codename="export_responses"))
    client.force_login(user)

    page = client.get(LIST).content.decode()
    _, content = export(client, "csv")

    assert ('value="export_csv"' in page) is allowed
    assert (b"SECRET" in content) is allowed
    assert LogEntry.objects.exists() is allowed
