"""Tables searched and sorted, texts searched, in a real browser."""

import pytest

from analysis import listing
from analysis.declarations import BlockSpec, Declaration, StructureTable
from analysis.wording import Noun
from survey import moderation
from tests import factories
from tests.factories import moderator, respondent, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report(monkeypatch):
    from analysis import declarations

    factories.questionnaire()
    people = Noun("personne", "personnes", feminine=True)
    table = StructureTable("Les structures", ("nom", "duree", "humeur"))
    blocks = {"type": BlockSpec(tables=(table,))}
    declared = Declaration("test.yaml", "Le rapport", people, blocks=blocks)
    monkeypatch.setattr(declarations, "read", lambda code: declared)


def named(name, **answers):
    person = respondent({"nom": name} | answers)
    moderation.approve(text_of(person, "nom"), by=moderator())


def names(table):
    return table.locator("tbody th").all_inner_texts()


@pytest.mark.parametrize("rows_shown", [200, 2], ids=["a short table", "a long one"])
def test_a_table_is_searched_and_sorted_without_a_page_load(
    chromium, live_server, report, monkeypatch, rows_shown
):
    monkeypatch.setattr(listing, "ROWS_SHOWN", rows_shown)
    named("Épicerie", duree=500.5, humeur="basse")
    named("Zoé", duree=90, humeur="haute")
    named("abri", humeur="moyenne")
    page = chromium.new_page()
    page.goto(f"{live_server.url}/resultats/")
    page.locator("#type details.box > summary").click()
    table = page.locator("#type .structures")
    status = table.get_by_role("status")

    table.get_by_label("Chercher dans la table").fill("EPI")
    table.get_by_text("1 structure sur 3").wait_for()
    assert names(table) == ["Épicerie"]
    table.get_by_label("Chercher dans la table").fill("nulle part")
    table.get_by_text("Aucune structure").wait_for()
    table.get_by_label("Chercher dans la table").fill("")
    status.get_by_text("3 structures").wait_for()

    orders = {
        "Nom": (["Zoé", "Épicerie", "abri"], "descending"),
        "Duree (minutes)": (["Zoé", "Épicerie", "abri"], "ascending"),
        "Humeur": (["Zoé", "abri", "Épicerie"], "ascending"),
    }
    assert table.locator("[aria-sort]").all_inner_texts() == ["Nom"]
    for title, (expected, direction) in orders.items():
        table.get_by_role("button", name=title).click()
        assert names(table) == expected
        assert table.locator(f'[aria-sort="{direction}"]').all_inner_texts() == [title]
    table.get_by_role("button", name="Duree (minutes)").click()
    table.get_by_role("button", name="Duree (minutes)").click()
    assert names(table) == ["Épicerie", "Zoé", "abri"]
    page.close()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_texts_are_searched_where_they_stand(chromium, live_server, report, script):
    for n in range(12):
        person = respondent({"freins": f"Le métier, {n}"})
        moderation.approve(text_of(person, "freins"), by=moderator())
    page = chromium.new_page(java_script_enabled=script)
    page.goto(f"{live_server.url}/resultats/")
    place = page.locator("#freins")
    place.locator("details.texts > summary").click()

    place.get_by_label("Chercher dans ces textes").fill("metier")
    place.get_by_role("button", name="Chercher").click()

    page.get_by_text("12 textes sur 12 contiennent « metier »").wait_for()
    assert page.locator("mark").all_inner_texts() == ["métier"] * 10
    page.get_by_role("link", name="Suivants").click()
    page.get_by_text("Le métier, 11").wait_for()
    assert page.locator("mark").count() == 2
    assert page.url.endswith("/resultats/") == script
    if script:
        place.get_by_label("Chercher dans ces textes").fill("")
        place.get_by_text("Le métier, 0").wait_for()
        assert page.locator("mark").count() == 0
    page.close()
