"""A mediator, a moderator and a reader, each in a real browser."""

import io
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from survey import filling, responses
from survey.models import Questionnaire, Respondent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def structure():
    call_command("load_questionnaire", stdout=io.StringIO())
    return Questionnaire.objects.current().structure


def start(page, server):
    page.goto(f"{server.url}/questionnaire/")
    page.locator("input[name=participate]").check()
    page.locator("input[name=publish_texts]").check()
    page.get_by_role("button", name="Commencer").click()


def fill(page, section):
    """Answer every question of a section that is shown, by clicking and typing."""
    for question in section.questions:
        fieldset = page.locator(f"#question-{question.code}")
        if fieldset.count() and fieldset.is_visible():
            answer(fieldset, question)


def answer(fieldset, question):
    if question.kind in ("single", "yesno"):
        fieldset.locator("input[type=radio]").first.check()
    elif question.kind == "multiple":
        fieldset.locator("input[type=checkbox]").nth(0).check()
        fieldset.locator("input[type=checkbox]").nth(1).check()
    elif question.kind == "ranking":
        fieldset.locator("select").nth(1).select_option("1")
        fieldset.locator("select").nth(0).select_option("2")
    elif question.kind == "number":
        fieldset.locator("input[inputmode]").fill("40,5")
    elif question.kind == "department":
        fieldset.locator("input.department").fill("44")
    else:
        fieldset.locator("textarea, input[type=text]").first.fill(f"Ma réponse à {question.code}")


def go_on(page):
    page.get_by_role("button", name="Continuer").click()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_a_mediator_fills_in_everything_closes_halfway_and_resumes(
    chromium, live_server, structure, script
):
    context = chromium.new_context(java_script_enabled=script)
    page = context.new_page()
    start(page, live_server)
    half = len(structure.sections) // 2
    for section in structure.sections[:half]:
        page.wait_for_url(f"**/section/{section.code}/")
        fill(page, section)
        go_on(page)
    page.wait_for_url(f"**/section/{structure.sections[half].code}/")
    link = page.locator("[data-link]").get_attribute("value")
    context.close()

    context = chromium.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(link)
    if not script:
        page.locator("#code").fill(link)
        page.get_by_role("button", name="Reprendre").click()
    page.wait_for_url(f"**/section/{structure.sections[half].code}/")
    assert "#" not in page.url
    for section in structure.sections[half:]:
        page.wait_for_url(f"**/section/{section.code}/")
        fill(page, section)
        go_on(page)
    page.wait_for_url("**/bilan/")
    page.get_by_role("button", name="Terminer").first.click()
    page.wait_for_url("**/merci/")
    context.close()

    respondent = Respondent.objects.get()
    progress = filling.progress(respondent)
    assert respondent.completed_at
    assert [s.answered for s in progress.sections] == [s.asked for s in progress.sections]


def test_what_is_typed_is_saved_at_once_and_survives_a_lost_network(
    chromium, live_server, structure
):
    context = chromium.new_context()
    page = context.new_page()
    start(page, live_server)
    page.wait_for_url("**/section/participation/")
    page.goto(f"{live_server.url}/questionnaire/section/structures/")
    page.locator("#question-tiers_lieu_forme").wait_for(state="hidden")
    page.locator("input[name=tiers_lieu][value=oui]").check()
    page.locator("#question-tiers_lieu_forme").wait_for(state="visible")
    page.locator("[data-state]", has_text=re.compile("^enregistré à")).wait_for()
    assert responses.answers_of(Respondent.objects.get())["tiers_lieu"] == "oui"

    context.set_offline(True)
    page.locator("input[name=structure_nom]").fill("Le Phare")
    page.locator("[data-state]", has_text="hors connexion").wait_for()
    assert responses.answers_of(Respondent.objects.get())["structure_nom"] is None
    context.set_offline(False)
    page.locator("[data-state]", has_text=re.compile("^enregistré à")).wait_for(timeout=15000)
    assert responses.answers_of(Respondent.objects.get())["structure_nom"] == "Le Phare"
    assert page.evaluate("localStorage.length") == 0
    context.close()


def test_a_text_is_approved_in_the_admin_and_read_on_the_results_page(
    chromium, live_server, structure
):
    respondent, _ = filling.start(
        Questionnaire.objects.current(),
        filling.Consents(participate=True, publish_texts=True),
    )
    filling.save(respondent, 0, {"freins": "Un frein bien précis", "tiers_lieu": "oui"})
    User.objects.create_superuser("moderatrice", password="un mot de passe")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/resultats/#freins")
    assert page.locator("#textes-freins").count() == 0

    page.goto(f"{live_server.url}/admin/survey/texttoread/")
    page.locator("#id_username").fill("moderatrice")
    page.locator("#id_password").fill("un mot de passe")
    page.locator("[type=submit]").click()
    page.locator("#result_list tbody a[href*=texttoread]").first.click()
    page.get_by_role("button", name="Publier", exact=True).click()
    page.wait_for_load_state()

    page.goto(f"{live_server.url}/resultats/")
    assert "Un frein bien précis" in page.locator("#textes-freins").text_content()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    chart = page.request.get(live_server.url + page.locator("#tiers_lieu img").get_attribute("src"))
    assert chart.ok
    api = page.request.get(f"{live_server.url}/api/v1/report/blocks/freins/texts/").json()
    said = {"number": respondent.number, "text": "Un frein bien précis", "counted_as": None}
    assert api["results"] == [said]
    context.close()
