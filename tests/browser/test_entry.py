"""Staff type in a paper questionnaire by the keyboard alone, beside answers of their own."""

import pytest

from survey import filling
from survey.models import Questionnaire, Respondent
from tests import factories
from tests.browser.test_moderation import signed_in
from tests.factories import EVERYTHING
from tests.pages import answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.textContent")


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('conumm:'))")


def test_a_whole_paper_questionnaire_is_typed_in_by_the_keyboard_alone(chromium, live_server):
    factories.questionnaire()
    own, token = filling.start(Questionnaire.objects.current(), EVERYTHING)
    filling.save(own, 0, {"nom": "Chez moi"})
    respondent_with_a_text = factories.respondent({"freins": "à lire"})
    page = signed_in(chromium, live_server)
    page.goto(f"{live_server.url}/questionnaire/reprendre/#{token}")
    page.wait_for_url("**/questionnaire/section/**")

    page.goto(f"{live_server.url}/admin/survey/respondent/add/")
    assert focused(page) == "mode"
    while focused(page) != "participate":
        press(page, "Tab")
    press(page, "Space", "Enter")

    page.wait_for_url("**/saisie/3/section/lieu/")
    assert focused(page) == "nom"
    page.keyboard.type("Chez elle")
    press(page, "Tab", "Tab", "Space", "ArrowDown", "Enter")
    page.wait_for_url("**/saisie/3/section/metier/")
    assert focused(page) == "publics__seniors"
    press(page, "ArrowDown", "ArrowDown", "Tab", "ArrowDown")
    while focused(page) != "duree":
        press(page, "Tab")
    # What is not saved yet is kept for this number alone.
    page.route("**/section/**", lambda route: route.abort())
    page.keyboard.type("45")
    press(page, "Tab")
    page.get_by_text("hors connexion").wait_for()
    by = Respondent.objects.get(number=3).entered_by_id
    assert {key.rpartition(":")[0] for key in kept(page)} == {f"conumm:saisie-3-{by}:metier"}
    page.unroute("**/section/**")
    page.goto(f"{live_server.url}/questionnaire/section/metier/")
    assert page.locator("input[name=duree]").input_value() == ""
    assert page.locator("[data-unsent]").is_hidden()
    page.goto(f"{live_server.url}/questionnaire/saisie/3/section/metier/")
    page.locator("[data-state]", has_text="enregistré à").wait_for()
    assert kept(page) == []
    page.locator("input[name=duree]").press("Enter")

    page.wait_for_url("**/saisie/3/bilan/")
    assert focused(page) == "Terminer"
    press(page, "Enter")
    page.wait_for_url("**/saisie/3/merci/")
    assert focused(page) == "Saisir le suivant"

    entered = Respondent.objects.get(number=3)
    assert answers(entered) == {
        "nom": "Chez elle",
        "type": "mairie",
        "publics": ["jeunes", "seniors"],
        "duree": 45,
    }
    assert entered.completed_at
    assert answers(own) == {"nom": "Chez moi"}
    assert answers(respondent_with_a_text) == {"freins": "à lire"}
    # What the report would mark as one's own.
    page.goto(f"{live_server.url}/questionnaire/bilan/")
    mine = page.evaluate("fetch('/questionnaire/mes-reponses.json').then(each => each.json())")
    assert mine["number"] == own.number
    page.context.close()
