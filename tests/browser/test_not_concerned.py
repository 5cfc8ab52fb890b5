"""« Cette question ne me concerne pas », with a script: one or the other, never both."""

import io
import re

import pytest
from django.core.management import call_command

from survey import responses
from survey.kinds import NOT_CONCERNED
from survey.models import Respondent
from tests.browser.test_journey import start

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def saved(page):
    page.locator("[data-state]", has_text=re.compile("^enregistré à")).wait_for()
    return responses.answers_of(Respondent.objects.get())


def mark(page, code):
    return page.locator(f"[name=not_concerned__{code}]")


@pytest.fixture
def page(chromium, live_server):
    call_command("load_questionnaire", stdout=io.StringIO())
    context = chromium.new_context()
    page = context.new_page()
    start(page, live_server)
    page.goto(f"{live_server.url}/questionnaire/section/situations/")
    yield page
    context.close()


def test_the_mark_empties_the_answer_gives_it_back_and_is_taken_off_by_another(page):
    page.locator("input[name=part_mediation][value=mi_temps]").check()
    page.locator("#question-autres_activites").wait_for(state="visible")
    page.locator("[name=seances_nombre]").fill("12")
    assert saved(page)["seances_nombre"] == 12

    mark(page, "seances_nombre").check()
    mark(page, "part_mediation").check()
    page.locator("#question-autres_activites").wait_for(state="hidden")
    assert not page.locator("input[name=part_mediation]:checked").count()
    page.wait_for_timeout(300)
    assert saved(page)["seances_nombre"] == saved(page)["part_mediation"] == NOT_CONCERNED

    mark(page, "seances_nombre").uncheck()
    assert page.locator("[name=seances_nombre]").input_value() == "12"
    page.locator("input[name=part_mediation][value=mi_temps]").check()
    assert not mark(page, "part_mediation").is_checked()
    page.locator("#question-autres_activites").wait_for(state="visible")
    page.reload()
    assert saved(page)["seances_nombre"] == 12
    assert saved(page)["part_mediation"] == "mi_temps"
    assert page.evaluate("localStorage.length") == 0


def test_a_mark_that_could_not_be_saved_is_there_again_and_saved(page):
    page.locator("input[name=part_mediation][value=mi_temps]").check()
    assert saved(page)["part_mediation"] == "mi_temps"
    page.route("**/section/**", lambda route: route.abort())
    mark(page, "part_mediation").check()
    page.locator("[data-state]", has_text="hors connexion").wait_for()
    page.unroute("**/section/**")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    assert saved(page)["part_mediation"] == NOT_CONCERNED
    assert mark(page, "part_mediation").is_checked()
    assert not page.locator("input[name=part_mediation]:checked").count()
