"""What the report holds for a script to mark one's own answers: the same for everybody."""

import pytest

from analysis import declarations
from survey import filling
from survey.models import Respondent
from tests.analysis.populations import DECLARED
from tests.factories import EVERYTHING, respondent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_report(questionnaire, monkeypatch):
    monkeypatch.setattr(declarations, "read", lambda code: DECLARED)


@pytest.fixture
def filled_in(client):
    for _ in range(6):
        respondent({"type": "association", "publics": ["seniors"], "duree": 25})
    for _ in range(5):
        respondent({"type": "mairie", "publics": ["seniors"], "duree": 90})
    client.post("/questionnaire/", dict.fromkeys(vars(EVERYTHING), "on"))
    filling.save(Respondent.objects.latest("number"), 0, {"type": "mairie", "duree": 25})
    return client


def test_rows_bear_the_choice_or_the_class_that_they_count(filled_in):
    page = filled_in.get("/resultats/").content.decode()

    assert '<tr data-key="association"><th scope="row">Association</th>' in page
    assert '<tr data-key="seniors"><th scope="row">Seniors</th>' in page
    assert '<tr data-key="20..30">' in page
    assert '<tr><th scope="row">Sans réponse (na)</th>' in page


def test_so_do_those_of_groups(filled_in):
    for query in ("groupe=type:association", "groupe=type:association&compare=type:mairie"):
        page = filled_in.get(f"/resultats/?{query}").content.decode()
        assert '<tr data-key="seniors">' in page
        assert '<tr data-key="20..30">' in page


def test_rows_of_the_api_and_of_files_have_none(filled_in):
    table = filled_in.get("/api/v1/report/blocks/type/").json()["table"]

    assert table["columns"] == ["Réponse", "Effectif", "Part"]
    assert table["rows"][0] == ["Association", 6, 0.5]
    assert table.keys() == {"columns", "rows"}


def test_the_page_is_the_same_whoever_reads_it(filled_in, django_user_model):
    assert filled_in.cookies["conumm_respondent"].value
    own = filled_in.get("/resultats/").content
    filled_in.cookies.clear()

    assert filled_in.get("/resultats/").content == own


def test_the_way_there_holds_no_code(filled_in):
    token = filled_in.cookies["conumm_respondent"].value
    for url in ("/questionnaire/bilan/", "/questionnaire/merci/"):
        page = filled_in.get(url).content.decode()
        assert 'href="/resultats/#mes-reponses">Voir mes réponses dans le rapport</a>' in page
        assert f"#{token}" in page
        assert f"resultats/#{token}" not in page
