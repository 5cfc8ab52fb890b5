import logging
import re

import pytest
from django.test import Client
from django.utils import timezone

from survey import filling
from survey.models import Respondent
from tests.factories import EVERYTHING
from tests.pages import answers, shown

pytestmark = pytest.mark.django_db

LIEU, METIER = "/questionnaire/section/lieu/", "/questionnaire/section/metier/"


@pytest.fixture
def person(questionnaire, client):
    respondent, token = filling.start(questionnaire, EVERYTHING)
    client.cookies["conumm_respondent"] = token
    return respondent


def test_consents_are_each_apart_and_none_is_ticked(questionnaire, client):
    page = client.get("/questionnaire/").content.decode()

    assert page.count('type="checkbox"') == 3
    assert "checked" not in page
    refused = client.post("/questionnaire/", {"publish_texts": "on"})
    assert refused.status_code == 400
    assert "Sans cet accord" in refused.content.decode()
    assert not Respondent.objects.exists()


def test_rights_are_said_before_the_consents_in_short_then_whole(questionnaire, client):
    page = client.get("/questionnaire/").content.decode()

    short, whole, consents = map(
        page.index, ("vous pouvez les effacer à tout moment", "Tous vos droits", 'type="checkbox"')
    )
    assert short < whole < consents
    assert "emporter ou effacer vos réponses, sans dire pourquoi" in page


def test_agreeing_twice_starts_once(questionnaire, client):
    client.post("/questionnaire/", {"participate": "on"})
    again = client.post("/questionnaire/", {"participate": "on"})

    assert again.url == LIEU
    assert Respondent.objects.count() == 1


def test_starting_remembers_the_token_in_a_cookie_that_scripts_cannot_read(questionnaire, client):
    answer = client.post("/questionnaire/", {"participate": "on"})

    assert answer.url == LIEU
    cookie = answer.cookies["conumm_respondent"]
    assert cookie["httponly"]
    assert cookie["path"] == "/questionnaire/"
    assert filling.find(cookie.value).agreed_to_participate


def test_every_kind_is_filled_in_without_a_script(person, client):
    first = shown(client.get(LIEU))
    client.post(
        LIEU,
        first
        | {
            "nom": "Le Phare",
            "type": "autre",
            "type__other": "une péniche",
            "tiers_lieu": "oui",
            "forme": "de_fait",
            "outils": ["ordinateur", "autre"],
            "outils__other": "un ampli",
        },
    )
    saved = client.post(
        METIER,
        shown(client.get(METIER))
        | {
            "publics__seniors": "2",
            "publics__jeunes": "1",
            "duree": "1,5",
            "humeur": "basse",
            "freins": "Le temps\r\n\r\nqui manque",
            "site": "phare.example",
        },
    )

    assert saved.url == "/questionnaire/bilan/"
    assert answers(person) == {
        "nom": "Le Phare",
        "type": {"choice": "autre", "other": "une péniche"},
        "tiers_lieu": "oui",
        "forme": "de_fait",
        "outils": ["ordinateur", {"choice": "autre", "other": "un ampli"}],
        "publics": ["jeunes", "seniors"],
        "duree": 1.5,
        "humeur": "basse",
        "freins": "Le temps\n\nqui manque",
        "site": "phare.example",
    }
    page = client.get(METIER).content.decode()
    assert 'value="1,5"' in page
    assert "Le temps" in client.get("/questionnaire/bilan/").content.decode()


def test_bad_input_gets_its_message_and_loses_nothing_else(person, client):
    fields = shown(client.get(METIER))
    answer = client.post(
        METIER,
        fields
        | {"duree": "beaucoup", "freins": "gardé", "publics__seniors": "1", "publics__jeunes": "1"},
    )

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Écrivez un nombre" in page
    assert "Le rang n°1 est donné" in page
    assert 'value="beaucoup"' in page
    assert answers(person) == {"freins": "gardé"}


def test_a_script_saves_some_questions_of_a_page(person, client):
    fields = shown(client.get(METIER))
    sent = {k: fields[k] for k in ("shown__freins", "shown__duree")}
    answer = client.post(
        METIER,
        sent | {"freins": "un", "duree": "9999"},
        headers={"X-Requested-With": "fetch"},
    ).json()

    assert answer["saved_label"].startswith("enregistré à ")
    assert answer["errors"] == {"duree": ["Donnez un nombre entre 1 et 600."]}
    assert answers(person) == {"freins": "un"}


def test_a_lost_cookie_loses_nothing_of_what_was_typed(person, client):
    token = client.cookies["conumm_respondent"].value
    fields = shown(client.get(METIER)) | {"freins": "tapé longtemps"}
    del client.cookies["conumm_respondent"]

    asked = client.post(METIER, fields)
    carried = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.content.decode())
    )
    assert carried["freins"] == "tapé longtemps"
    link = f"http://testserver/questionnaire/reprendre/#{token}"
    client.post("/questionnaire/reprendre/", carried | {"code": link})

    assert answers(person) == {"freins": "tapé longtemps"}


def test_resuming_wants_a_known_link(person, client):
    token = client.cookies["conumm_respondent"].value
    client.cookies.clear()

    unknown = client.post("/questionnaire/reprendre/", {"code": "n’importe quoi"})
    assert unknown.status_code == 400
    assert "pas reconnu" in unknown.content.decode()
    known = client.post("/questionnaire/reprendre/", {"code": token})
    assert known.url == LIEU
    assert known.cookies["conumm_respondent"].value == token


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({}, LIEU),
        ({"duree": 30}, METIER),
        ({"tiers_lieu": "non"}, LIEU),
        (
            {
                "publics": ["jeunes"],
                "duree": 30,
                "humeur": "haute",
                "freins": "le temps",
                "site": "phare.example",
            },
            "/questionnaire/bilan/",
        ),
    ],
)
def test_resuming_goes_on_after_the_last_section_begun(person, client, given, where):
    filling.save(person, 0, given)

    resumed = client.post(
        "/questionnaire/reprendre/", {"code": client.cookies["conumm_respondent"].value}
    )

    assert resumed.url == where


def test_completing_thanks_and_shows_the_link_behind_a_sharp(person, client):
    token = client.cookies["conumm_respondent"].value
    answer = client.post("/questionnaire/terminer/", follow=True)

    assert f"/questionnaire/reprendre/#{token}" in answer.content.decode()
    assert token not in answer.request["PATH_INFO"]
    person.refresh_from_db()
    assert person.completed_at


def test_a_closed_questionnaire_shows_answers_and_takes_none(person, client, questionnaire):
    fields = shown(client.get(METIER))
    questionnaire.closes_at = timezone.now()
    questionnaire.save()

    refused = client.post(METIER, fields | {"freins": "trop tard"})

    assert refused.status_code == 403
    assert "trop tard" in refused.content.decode()
    assert answers(person) == {}
    assert "clos" in client.get("/questionnaire/").content.decode()


def test_withdrawing_wants_to_be_sure_and_erases(person, client):
    assert client.post("/questionnaire/retrait/").status_code == 400
    assert Respondent.objects.exists()

    gone = client.post("/questionnaire/retrait/", {"sure": "on"})

    assert "Il ne reste rien" in gone.content.decode()
    assert not Respondent.objects.exists()
    assert gone.cookies["conumm_respondent"].value == ""


def test_consents_change_at_any_time(person, client):
    client.post("/questionnaire/mes-droits/", {"name_structure": "on"})

    person.refresh_from_db()
    assert (person.agreed_to_publish, person.agreed_to_name_structure) == (False, True)


def test_personal_pages_are_kept_by_no_cache_and_no_log(person, client, caplog):
    token = client.cookies["conumm_respondent"].value
    with caplog.at_level(logging.DEBUG):
        for url in (LIEU, "/questionnaire/bilan/", "/questionnaire/mes-droits/"):
            page = client.get(url)
            assert page["Cache-Control"] == "no-store"
            assert page["X-Robots-Tag"] == "noindex"
    assert token not in caplog.text


def test_ones_own_answers_are_there_to_take_away(person, client):
    filling.save(person, 0, {"duree": 90, "tiers_lieu": "non", "forme": "de_fait"})
    content = client.get("/questionnaire/mes-reponses.json").json()

    assert content["number"] == person.number
    assert content["answers"][2] == {
        "code": "duree",
        "kind": "number",
        "question": "duree ?",
        "asked": True,
        "answer": 90,
        "in_words": "90 minutes",
    }
    # Of a question that is no longer asked, an answer is kept, and said to be so.
    assert [(each["code"], each["asked"]) for each in content["answers"]] == [
        ("tiers_lieu", True),
        ("forme", False),
        ("duree", True),
    ]


def test_an_old_form_gives_back_what_was_typed(questionnaire):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(METIER, {"freins": "Tout", "duree": "90", "humeur": "basse"})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store"
    for asked, given in (("freins ?", "Tout"), ("duree ?", "90"), ("humeur ?", "Basse")):
        assert asked in page
        assert given in page
