"""« Non concerné », from the stored row to what a reader sees: in no share, and said apart."""

import pytest

from analysis import declarations, frame, live, tables
from analysis.page import base_line
from analysis.summaries import Base, Shares
from analysis.wording import Noun, not_asked
from survey import filling, publication
from survey.kinds import NOT_CONCERNED
from tests.factories import OUI_NON, STRUCTURE, respondent


@pytest.fixture
def plain_report(questionnaire, monkeypatch):
    plain = declarations.Declaration("test.yaml", "Le rapport", Noun("personne", "personnes"))
    monkeypatch.setattr(declarations, "read", lambda code: plain)


@pytest.mark.parametrize(
    ("base", "words"),
    [
        (Base(10, 10, 4), "0 non posée"),
        (Base(10, 9, 4), "1 non posée"),
        (Base(10, 7, 4), "3 non posées"),
        (Base(10, 9, 4, 1), "1 non concernée"),
        (Base(10, 7, 4, 3), "3 non concernées"),
        (Base(10, 7, 4, 1), "3 non posées, dont 1 non concernée"),
        (Base(10, 7, 4, 2), "3 non posées, dont 2 non concernées"),
    ],
)
def test_who_was_not_asked_is_said_with_who_said_so_themselves(base, words):
    assert not_asked(base) == words


def test_it_is_not_missing_and_the_parts_still_add_up():
    base = Base(total=10, asked=7, answered=4, not_concerned=1)

    assert (base.answered, base.missing, base.not_asked) == (4, 3, 3)


def test_a_table_has_a_row_of_it_where_there_is_some_and_counts_everybody_once():
    labels = {choice.code: choice.label for choice in OUI_NON}
    table = tables.shares(Shares(4, {"oui": 3, "non": 1}), Base(10, 7, 4, 1), labels)

    assert table.rows[2:] == (
        ("Sans réponse (na)", 3, None),
        ("Question non posée", 2, None),
        ("Non concerné", 1, None),
    )
    assert sum(row[1] for row in table.rows) == 10


def test_the_frame_follows_it_and_blanks_it_where_the_question_was_not_asked(questionnaire):
    person = respondent({"tiers_lieu": "oui", "forme": NOT_CONCERNED})
    respondent({"tiers_lieu": "non", "forme": NOT_CONCERNED})
    respondent({"tiers_lieu": NOT_CONCERNED, "outils": NOT_CONCERNED, "publics": NOT_CONCERNED})
    whole = frame.build(STRUCTURE, publication.changes("conumm"))

    assert whole.base("tiers_lieu") == Base(3, 2, 2, 1)
    assert whole.base("forme") == Base(3, 0, 0, 1)
    assert whole.base("outils") == Base(3, 2, 0, 1)
    assert whole.base("publics") == Base(3, 2, 0, 1)

    filling.save(person, 1, {"forme": "de_fait", "duree": NOT_CONCERNED})
    after = frame.refresh(whole, publication.changes("conumm", whole.revision))

    assert after.base("forme") == Base(3, 1, 1, 0)
    assert after.base("duree") == Base(3, 2, 0, 1)
    again = frame.build(STRUCTURE, publication.changes("conumm"))
    assert after.not_concerned.equals(again.not_concerned)


def test_every_block_of_the_api_the_page_and_the_csv_say_it(plain_report, client):
    respondent(dict.fromkeys(STRUCTURE.questions, NOT_CONCERNED))
    respondent({"tiers_lieu": "oui", "forme": "de_fait", "duree": 30, "outils": ["tablette"]})
    respondent({"tiers_lieu": "oui", "forme": NOT_CONCERNED})

    report = client.get("/api/v1/report/").json()
    blocks = {b["code"]: b for section in report["sections"] for b in section["blocks"]}
    for code in STRUCTURE.questions:
        base = blocks[code]["base"]
        assert base["answered"] + base["missing"] + base["not_asked"] == 3
        assert base["asked"] == base["answered"] + base["missing"]
        assert 1 <= base["not_concerned"] <= base["not_asked"] or code == "forme"
    assert blocks["tiers_lieu"]["base"] == {
        "asked": 2,
        "answered": 2,
        "missing": 0,
        "not_asked": 1,
        "not_concerned": 1,
    }
    # Of the first, who is not concerned by its parent, it was not asked at all.
    assert blocks["forme"]["base"]["not_concerned"] == 1
    assert [s["share"] for s in blocks["tiers_lieu"]["shares"]] == [1, 0]

    page = client.get("/resultats/").content.decode()
    assert "2 réponses, 0 sans réponse (na), 1 non concernée" in page
    assert "1 réponse, 0 sans réponse (na), 2 non posées, dont 1 non concernée" in page
    for code in ("tiers_lieu", "outils", "publics", "duree", "freins"):
        lines = client.get(f"/resultats/tableaux/{code}.csv").content.decode().splitlines()
        assert [cell for cell in lines[-1].split(",") if cell] == ["Non concerné", "1"]


def test_a_report_where_nobody_said_it_does_not_speak_of_it(plain_report, client):
    respondent({"duree": 30})

    assert base_line(live.report().blocks["duree"]) == (
        "1 réponse, 0 sans réponse (na), 0 non posée"
    )
    assert "Non concerné" not in client.get("/resultats/tableaux/duree.csv").content.decode()


def test_the_bar_under_texts_holds_everybody(plain_report):
    respondent({"freins": "Le temps"})
    respondent({"freins": NOT_CONCERNED})
    respondent({"duree": 30})

    bar = live.report().blocks["freins"].chart
    assert (bar.answered.count, bar.missing.count, bar.not_asked.count) == (1, 1, 1)
    assert bar.not_asked.text == "1 non concernée"
