"""One's own answers, marked in the report on the device of who gave them."""

import io
import re

import pytest
from django.core.management import call_command

from survey import filling, moderation
from survey.models import Questionnaire, Respondent
from tests.browser.test_journey import start
from tests.factories import EVERYTHING, moderator, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def structure():
    call_command("load_questionnaire", stdout=io.StringIO())
    return Questionnaire.objects.current().structure


@pytest.fixture
def context(chromium):
    context = chromium.new_context()
    yield context
    context.close()


def fill_two_answers_and_finish(page, server):
    start(page, server)
    page.wait_for_url("**/section/participation/")
    page.goto(f"{server.url}/questionnaire/section/structures/")
    page.locator("input[name=tiers_lieu][value=oui]").check()
    page.locator("[data-state]", has_text=re.compile("^enregistré à")).wait_for()
    page.goto(f"{server.url}/questionnaire/section/mediateurs/")
    page.locator("input[name=age]").fill("40")
    page.locator("[data-state]", has_text=re.compile("^enregistré à")).wait_for()
    page.goto(f"{server.url}/questionnaire/bilan/")
    page.get_by_role("button", name="Terminer").first.click()
    page.wait_for_url("**/merci/")


def marks(page):
    return page.locator(".own-mark").evaluate_all(
        "marks => marks.map(mark => [mark.closest('.block').id, mark.closest('th').textContent])"
    )


def test_two_answers_are_marked_kept_on_reload_and_unmarked(context, live_server, structure):
    page = context.new_page()
    addresses = []
    page.on("request", lambda request: addresses.append((request.method, request.url)))
    fill_two_answers_and_finish(page, live_server)
    token = page.locator("[data-link]").get_attribute("value").rpartition("#")[2]
    addresses.clear()

    page.get_by_role("link", name="Voir mes réponses dans le rapport").click()
    bar = page.get_by_text("Vos réponses sont marquées sur cet appareil seulement.")
    bar.wait_for()
    assert page.url == f"{live_server.url}/resultats/"
    assert page.locator("#tiers_lieu .own-line").inner_text() == "Votre réponse\u00a0: Oui"
    assert page.locator("#age .own-line").inner_text() == "Votre réponse\u00a0: 40 ans"
    assert marks(page) == [
        ["tiers_lieu", "Oui votre réponse"],
        ["age", "de 40 à 49 ans votre réponse"],
    ]
    assert all(method == "GET" for method, _ in addresses)
    assert token not in "".join(url for _, url in addresses)
    stored = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert token not in stored
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{live_server.url}/resultats/?groupe=equipe:seul")
    page.goto(f"{live_server.url}/resultats/")
    bar.wait_for()
    assert len(marks(page)) == 2

    page.get_by_role("button", name="Ne plus les marquer").click()
    assert not bar.is_visible()
    page.reload()
    assert marks(page) == []
    assert page.locator(".own-line").count() == 0


def test_ones_own_text_is_marked_where_it_is_published(context, live_server, structure):
    for n in range(12):
        person, token = filling.start(Questionnaire.objects.current(), EVERYTHING)
        filling.save(person, 0, {"freins": f"texte {n}", "publics_age": ["seniors", "jeunes"]})
        moderation.approve(text_of(person, "freins"), by=moderator())
    page = context.new_page()
    page.goto(f"{live_server.url}/questionnaire/reprendre/#{token}")
    page.wait_for_url("**/section/**")
    page.goto(f"{live_server.url}/questionnaire/bilan/")
    page.get_by_role("link", name="Voir mes réponses dans le rapport").click()
    page.get_by_text("Vos réponses sont marquées").wait_for()

    assert [place for place in marks(page) if place[0] == "publics_age"] == [
        ["publics_age", "Seniors votre n°1"],
        ["publics_age", "Jeunes votre n°2"],
    ]
    page.locator("#freins summary", has_text="textes publiés").click()
    assert page.locator("#freins .quotes .own-mark").count() == 0
    page.locator("#freins .more a").click()
    own = page.locator("#freins .quotes li", has_text="texte 11")
    own.locator(".own-mark").wait_for()
    assert page.locator("#freins .quotes .own-mark").count() == 1

    # Whoever answers again, or opens another's link, finds no mark of what was answered before.
    page.goto(f"{live_server.url}/questionnaire/bilan/")
    page.goto(f"{live_server.url}/resultats/")
    assert marks(page) == []


def test_a_link_that_leads_nowhere_marks_nothing_and_says_so(context, live_server, structure):
    page = context.new_page()
    fill_two_answers_and_finish(page, live_server)
    filling.withdraw(Respondent.objects.get())

    page.get_by_role("link", name="Voir mes réponses dans le rapport").click()

    page.get_by_text("Cet appareil ne sait pas quelles réponses sont les vôtres").wait_for()
    assert marks(page) == []
    page.get_by_role("button", name="Fermer").click()
    assert not page.locator(".own-bar").is_visible()


def test_leaving_the_questionnaire_forgets_the_marks(context, live_server, structure):
    page = context.new_page()
    fill_two_answers_and_finish(page, live_server)
    page.get_by_role("link", name="Voir mes réponses dans le rapport").click()
    page.get_by_text("Vos réponses sont marquées").wait_for()
    page.goto(f"{live_server.url}/questionnaire/bilan/")
    page.get_by_role("button", name="Quitter sur cet appareil").click()
    page.wait_for_url("**/questionnaire/")

    page.goto(f"{live_server.url}/resultats/")

    assert marks(page) == []
    assert page.evaluate("sessionStorage.length") == 0


def test_without_a_script_the_page_says_why_nothing_is_marked(chromium, live_server, structure):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/resultats/")
    why = page.locator(".own noscript p")
    assert not why.is_visible()

    page.goto(f"{live_server.url}/resultats/#mes-reponses")

    why.wait_for()
    assert "il lui faut JavaScript" in why.text_content()
    context.close()
