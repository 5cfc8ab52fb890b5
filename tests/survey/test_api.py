"""The API as a client built by someone else meets it."""

from datetime import timedelta

import jsonschema
import pytest
from django.core.cache import cache
from django.utils import timezone

from survey import filling, moderation
from survey.models import Answer, Questionnaire, Respondent
from tests.calling import ALL_CONSENTS, ANSWERS, API, save, send
from tests.factories import EVERYTHING, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_throttles():
    cache.clear()


@pytest.fixture
def started(questionnaire):
    return filling.start(questionnaire, EVERYTHING)


@pytest.fixture
def bearer(started):
    return {"headers": {"Authorization": f"Bearer {started[1]}"}}


def close(questionnaire):
    yesterday = timezone.now() - timedelta(days=1)
    Questionnaire.objects.filter(pk=questionnaire.pk).update(closes_at=yesterday)


def question_of(body, code):
    return next(q for s in body["sections"] for q in s["questions"] if q["code"] == code)


def test_the_questionnaire_says_all_that_another_client_needs(client, questionnaire):
    body = client.get(f"{API}questionnaire/").json()

    assert (body["code"], body["title"], body["is_open"]) == ("conumm", "Le métier", True)
    assert body["guiding_questions"] == ["Quel métier ?"]
    assert [section["code"] for section in body["sections"]] == ["lieu", "metier"]
    assert question_of(body, "forme")["condition"] == {"question": "tiers_lieu", "any_of": ["oui"]}
    assert question_of(body, "type")["condition"] is None
    assert question_of(body, "publics")["item"] == "Public"
    assert question_of(body, "outils")["choices"][2:] == [
        {"code": "autre", "label": "Autre", "exclusive": False, "other": True},
        {"code": "aucun", "label": "Aucun", "exclusive": True, "other": False},
    ]
    assert question_of(body, "duree") == {
        "code": "duree",
        "kind": "number",
        "title": "Duree",
        "label": "duree ?",
        "help": "",
        "choices": [],
        "condition": None,
        "ordered": False,
        "unit": "minutes",
        "item": "",
        "minimum": 1,
        "maximum": 600,
        "consent": "publish_texts",
        "schema": {"type": "number", "minimum": 1, "maximum": 600},
    }


def test_the_questionnaire_may_be_read_from_any_site_and_is_not_sent_twice(client, questionnaire):
    first = client.get(f"{API}questionnaire/")
    again = client.get(f"{API}questionnaire/", headers={"If-None-Match": first["ETag"]})

    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    assert again.status_code == 304


def test_a_questionnaire_that_is_not_loaded_is_not_found(client):
    response = client.get(f"{API}questionnaire/")

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_starting_gives_a_number_and_the_only_copy_of_the_token(client, questionnaire):
    response = send(client, "post", f"{API}respondents/", {"consents": ALL_CONSENTS})

    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    assert response.json().keys() == {"number", "token"}
    person = filling.find(response.json()["token"])
    assert person.number == response.json()["number"] == 1
    assert (person.agreed_to_publish, person.agreed_to_name_structure) == (True, True)


def test_a_consent_that_is_not_said_is_not_given(client, questionnaire):
    send(client, "post", f"{API}respondents/", {"consents": {"participate": True}})

    person = Respondent.objects.get()
    assert (person.agreed_to_publish, person.agreed_to_name_structure) == (False, False)


@pytest.mark.parametrize(
    ("consents", "field"),
    [
        ({}, "consents.participate"),
        ({"participate": False, "publish_texts": True}, "consents.participate"),
        ({"participate": "true"}, "consents.participate"),
        ({"participate": 1}, "consents.participate"),
        ({"participate": None}, "consents.participate"),
        ({"participate": True, "publish_texts": "oui"}, "consents.publish_texts"),
        ([True], "consents"),
        (True, "consents"),
    ],
)
def test_nobody_starts_without_a_true_consent(client, questionnaire, consents, field):
    response = send(client, "post", f"{API}respondents/", {"consents": consents})

    assert (response.status_code, response.json()["code"]) == (400, "invalid_consents")
    assert list(response.json()["errors"]) == [field]
    assert not Respondent.objects.exists()


def test_every_kind_is_saved_and_comes_back_as_its_schema_says(client, bearer):
    given = {
        "nom": "Le Phare",
        "type": {"choice": "autre", "other": "une péniche"},
        "tiers_lieu": "oui",
        "forme": "de_fait",
        "outils": ["ordinateur", {"choice": "autre", "other": "un ampli"}],
        "publics": ["jeunes", "seniors"],
        "duree": 90.5,
        "humeur": "basse",
        "freins": "Le temps.",
        "site": "phare.example",
    }

    saved = save(client, bearer, 0, given)
    read = client.get(ANSWERS, **bearer)

    assert (saved.status_code, read.status_code) == (200, 200)
    assert saved["Cache-Control"] == read["Cache-Control"] == "no-store"
    assert saved.json() == read.json()
    assert read.json()["version"] == 1
    assert read.json()["answers"] == given
    questionnaire = client.get(f"{API}questionnaire/").json()
    for code, value in given.items():
        jsonschema.validate(value, question_of(questionnaire, code)["schema"])


def test_only_the_named_answers_change_and_null_empties(client, bearer):
    save(client, bearer, 0, {"type": "mairie", "tiers_lieu": "oui", "duree": 30})

    response = save(client, bearer, 1, {"type": None, "duree": "12,5"})

    answers = response.json()["answers"]
    assert response.json()["version"] == 2
    assert (answers["type"], answers["tiers_lieu"], answers["duree"]) == (None, "oui", 12.5)
    assert answers["freins"] is None


def test_two_devices_that_change_different_answers_are_merged(client, bearer):
    save(client, bearer, 0, {"type": "mairie"})

    response = save(client, bearer, 0, {"duree": 45})

    assert response.status_code == 200
    assert response.json()["answers"]["type"] == "mairie"
    assert response.json()["answers"]["duree"] == 45


def test_two_devices_that_change_the_same_answer_get_both_values(client, bearer):
    save(client, bearer, 0, {"type": "mairie", "duree": 30})

    response = save(client, bearer, 0, {"type": "association", "freins": "Le temps."})

    assert response.status_code == 409
    assert response.json()["code"] == "conflict"
    assert response.json()["version"] == 1
    assert response.json()["conflicts"] == {"type": {"yours": "association", "saved": "mairie"}}
    assert client.get(ANSWERS, **bearer).json()["answers"]["freins"] is None


def test_completing_twice_is_once(client, bearer):
    first = send(client, "post", f"{API}respondents/me/complete/", **bearer)
    second = send(client, "post", f"{API}respondents/me/complete/", **bearer)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert first.json()["number"] == 1
    assert first.json()["completed_at"] is not None


def test_withdrawing_erases_everything_and_the_token_opens_nothing_more(client, started, bearer):
    save(client, bearer, 0, {"freins": "Le temps."})

    response = client.delete(f"{API}respondents/me/", **bearer)

    assert response.status_code == 204
    assert not Respondent.objects.exists()
    assert not Answer.objects.exists()
    refused = client.get(ANSWERS, **bearer)
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_token")


def test_consents_change_one_by_one(client, started, bearer):
    address = f"{API}respondents/me/consents/"

    response = send(client, "patch", address, {"consents": {"publish_texts": False}}, **bearer)

    assert response.json() == {"consents": ALL_CONSENTS | {"publish_texts": False}}
    person = filling.find(started[1])
    assert (person.agreed_to_publish, person.agreed_to_name_structure) == (False, True)


def test_whoever_no_longer_takes_part_withdraws_rather_than_unticks(client, bearer):
    address = f"{API}respondents/me/consents/"

    response = send(client, "patch", address, {"consents": {"participate": False}}, **bearer)

    assert (response.status_code, response.json()["code"]) == (400, "invalid_consents")
    assert Respondent.objects.get().agreed_to_participate


def test_a_closed_questionnaire_takes_nothing_but_lets_read_and_erase(
    client, questionnaire, bearer
):
    save(client, bearer, 0, {"type": "mairie"})
    close(questionnaire)

    start = send(client, "post", f"{API}respondents/", {"consents": ALL_CONSENTS})
    changed = save(client, bearer, 1, {"type": "association"})
    completed = send(client, "post", f"{API}respondents/me/complete/", **bearer)

    for response in (start, changed, completed):
        assert (response.status_code, response.json()["code"]) == (403, "closed")
    assert not client.get(f"{API}questionnaire/").json()["is_open"]
    assert client.get(ANSWERS, **bearer).json()["answers"]["type"] == "mairie"
    assert client.delete(f"{API}respondents/me/", **bearer).status_code == 204


def test_a_held_respondent_still_reads_and_writes_their_answers(client, started, bearer):
    moderation.hold(started[0], by=moderator(), reason="doublon ?")

    assert save(client, bearer, 0, {"type": "mairie"}).status_code == 200
