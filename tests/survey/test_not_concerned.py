"""« Cette question ne me concerne pas »: an answer to any question, apart from all its others."""

import pytest
from django.db import IntegrityError, transaction

from survey import filling, moderation, publication, responses
from survey.admin.portrait import portrait
from survey.kinds import KINDS, NOT_CONCERNED, Row, Shape, kind_of
from survey.kinds.number import Number
from survey.models import Answer, TextToRead
from survey.questionnaire import Condition, SectionSpec, Structure
from tests import factories
from tests.factories import EVERYTHING, STRUCTURE, moderator, respondent, spec, text_of
from tests.pages import answers, shown

pytestmark = pytest.mark.django_db

METIER = "/questionnaire/section/metier/"
LIEU = "/questionnaire/section/lieu/"
API = "/api/v1/respondents/me/answers/"
FETCH = {"X-Requested-With": "fetch"}
EVERY_QUESTION = list(STRUCTURE.questions)

OTHER_ANSWERS = {
    "nom": "Le Phare",
    "type": "mairie",
    "tiers_lieu": "oui",
    "forme": "de_fait",
    "outils": ["ordinateur", "tablette"],
    "publics": ["jeunes", "seniors"],
    "duree": 90,
    "humeur": "haute",
    "freins": "Le temps",
    "site": "phare.example",
}


@pytest.fixture
def person(questionnaire, client):
    respondent, token = filling.start(questionnaire, EVERYTHING)
    client.cookies["conumm_respondent"] = token
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return respondent


def patch(client, version, values):
    body = {"version": version, "answers": values}
    return client.patch(API, body, content_type="application/json")


@pytest.mark.parametrize("code", EVERY_QUESTION)
def test_any_question_takes_it_as_one_row_of_its_own_shape(person, client, code):
    saved = patch(client, 0, {code: {"not_concerned": True}})

    assert saved.json()["answers"][code] == {"not_concerned": True}
    assert client.get(API).json()["answers"][code] == {"not_concerned": True}
    row = Answer.objects.get()
    assert row.shape == Shape.NOT_CONCERNED
    assert (row.choice, row.rank, row.number, row.text) == (None, None, None, "")


@pytest.mark.parametrize("code", EVERY_QUESTION)
def test_it_takes_the_place_of_an_answer_and_an_answer_its_place(person, client, code):
    patch(client, 0, {code: OTHER_ANSWERS[code]})
    patch(client, 1, {code: NOT_CONCERNED})
    assert Answer.objects.count() == 1

    assert patch(client, 2, {code: OTHER_ANSWERS[code]}).status_code == 200
    assert answers(person) == {code: OTHER_ANSWERS[code]}
    patch(client, 3, {code: NOT_CONCERNED})
    patch(client, 4, {code: None})

    assert not Answer.objects.exists()


@pytest.mark.parametrize("code", EVERY_QUESTION)
@pytest.mark.parametrize(
    "value",
    [
        {"not_concerned": False},
        {"not_concerned": None},
        {"not_concerned": 1},
        {"not_concerned": "true"},
        {"not_concerned": True, "choice": "mairie"},
        {"not_concerned": True, "other": ""},
    ],
)
def test_it_is_written_in_one_way_alone(person, client, code, value):
    refused = patch(client, 0, {code: value})

    assert refused.status_code == 400
    assert refused.json()["errors"] == {
        code: [
            "«\u00a0Non concerné\u00a0» s’écrit "
            '{"not_concerned": true}, sans rien d’autre\u202f; null efface la réponse.'
        ]
    }
    assert not Answer.objects.exists()


@pytest.mark.parametrize("code", ["outils", "publics"])
def test_it_is_no_choice_among_others(person, client, code):
    assert patch(client, 0, {code: [NOT_CONCERNED]}).status_code == 400


def test_a_kind_that_knows_nothing_of_it_takes_it(monkeypatch):
    monkeypatch.setattr("survey.kinds.base.KINDS", registered := dict(KINDS))

    class Slider(Number):
        code = "slider"
        name = "curseur"

    kind, question = registered["slider"], spec("curseur", "slider")
    assert kind.clean(question, {"not_concerned": True}) == NOT_CONCERNED
    assert kind.clean(question, "12,5") == 12.5
    assert kind.value(kind.rows(NOT_CONCERNED)) == NOT_CONCERNED
    assert kind.words(question, NOT_CONCERNED) == "Non concerné"


def test_children_of_a_question_that_does_not_concern_are_not_asked(db):
    parent = spec("temps", "single", ["plein", "partiel"])
    children = (
        spec("plein", "long_text", condition=Condition("temps", any_of=("plein",))),
        spec("autres", "long_text", condition=Condition("temps", none_of=("plein",))),
    )
    structure = Structure("q", "Q", sections=(SectionSpec("s", "S", "", (parent, *children)),))

    assert responses.asked(structure, {"temps": NOT_CONCERNED}) == {"temps"}
    assert responses.asked(structure, {"temps": "partiel"}) == {"temps", "autres"}


def test_the_database_wants_the_row_empty_and_alone(questionnaire):
    person = respondent({"duree": NOT_CONCERNED})
    row = Answer.objects.get()

    for wrong in ({"number": 3}, {"text": "mot"}, {"rank": 1}, {"shape": Shape.TEXT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(respondent=person, question=row.question, shape=row.shape)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            respondent=person, question=row.question, shape=Shape.NUMBER, number=3
        )


def test_it_is_public_as_a_count_and_nothing_to_moderate(questionnaire):
    person = respondent({"duree": 30})
    before = publication.revision("conumm")[1]

    filling.save(person, 1, {"freins": NOT_CONCERNED})

    assert publication.revision("conumm")[1] == before + 1
    changes = publication.changes("conumm", before)
    marks = {cell.question: cell.not_concerned for cell in changes.cells}
    assert marks == {"duree": False, "freins": True}
    assert not TextToRead.objects.exists()


def test_a_structure_that_has_no_such_thing_has_an_empty_cell_and_no_name_is_no_row(questionnaire):
    phare = respondent({"nom": "Le Phare", "site": NOT_CONCERNED, "publics": NOT_CONCERNED})
    moderation.approve(text_of(phare, "nom"), by=moderator())
    respondent({"nom": NOT_CONCERNED, "type": "mairie"})

    assert publication.structures(STRUCTURE, ["nom", "site", "publics"]) == [
        {"nom": "Le Phare", "site": None, "publics": None}
    ]


def test_each_question_offers_it_without_a_script_and_the_consents_do_not(person, client):
    for page, section in ((LIEU, STRUCTURE.sections[0]), (METIER, STRUCTURE.sections[1])):
        content = client.get(page).content.decode()
        assert content.count("Cette question ne me concerne pas") == len(section.questions)
        assert "data-not-concerned checked" not in content
    client.cookies.clear()
    assert "ne me concerne pas" not in client.get("/questionnaire/").content.decode()


def test_a_form_marks_any_kind_shows_the_mark_again_and_takes_it_back(person, client):
    marks = {f"not_concerned__{q.code}": "on" for q in STRUCTURE.sections[1].questions}
    client.post(METIER, shown(client.get(METIER)) | marks | {"freins": " \r\n"})

    codes = [q.code for q in STRUCTURE.sections[1].questions]
    assert answers(person) == dict.fromkeys(codes, NOT_CONCERNED)
    page = client.get(METIER)
    assert page.content.decode().count("data-not-concerned checked") == len(codes)
    client.post(METIER, shown(page) | marks)
    assert filling.progress(person).sections[1].answered == len(codes)
    client.post(METIER, shown(page) | {"humeur": "basse"})
    assert answers(person) == {"humeur": "basse"}


@pytest.mark.parametrize(
    ("code", "posted", "kept"),
    [
        ("freins", {"freins": "le temps"}, ">\nle temps</textarea>"),
        ("duree", {"duree": "beaucoup"}, 'value="beaucoup"'),
        ("humeur", {"humeur": "basse"}, 'value="basse" checked'),
        ("publics", {"publics__jeunes": "1"}, '<option value="1" selected>'),
    ],
)
def test_an_answer_and_the_mark_are_a_contradiction_and_both_stay(
    person, client, code, posted, kept
):
    mark = {f"not_concerned__{code}": "on"}
    refused = client.post(METIER, shown(client.get(METIER)) | posted | mark)

    page = refused.content.decode()
    assert refused.status_code == 400
    assert "effacez la réponse ou décochez la case" in page
    assert kept in page
    assert f'name="not_concerned__{code}" data-not-concerned checked' in page
    assert answers(person) == {}


def test_a_script_saves_it_and_two_tabs_meet_over_it(person, client):
    first = shown(client.get(METIER))
    sent = {"shown__freins": first["shown__freins"]}
    saved = client.post(METIER, sent | {"not_concerned__freins": "on", "freins": ""}, headers=FETCH)

    assert saved.json()["errors"] == {}
    assert saved.json()["shown"]["freins"] == responses.digest(NOT_CONCERNED)
    conflict = client.post(METIER, sent | {"freins": "deux"}, headers=FETCH).json()
    assert conflict["conflicts"] == {"freins": "Non concerné"}
    assert answers(person) == {"freins": NOT_CONCERNED}


def test_it_is_said_in_words_wherever_answers_are_read(person, client):
    filling.save(person, 0, {"freins": NOT_CONCERNED})

    summary = client.get("/questionnaire/bilan/").content.decode()
    assert "<dt>freins ?</dt><dd>Non concerné</dd>" in summary
    [answer] = client.get("/questionnaire/mes-reponses.json").json()["answers"]
    assert (answer["answer"], answer["in_words"]) == (NOT_CONCERNED, "Non concerné")
    lines = [line for part in portrait(person)["parts"] for line in part.lines]
    assert [line.words for line in lines if line.words] == ["Non concerné"]


def test_a_questionnaire_is_loaded_again_over_it(questionnaire):
    respondent({"duree": NOT_CONCERNED})

    factories.questionnaire()

    assert kind_of(STRUCTURE.questions["duree"]).value([Row()]) == NOT_CONCERNED
    assert Answer.objects.get().row == Row()
