"""Nothing a person writes is lost, and « enregistré » is never false: at the worst moments."""

import io
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from survey import filling, responses
from survey.models import Questionnaire, Respondent
from tests.browser.test_journey import go_on, start

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = re.compile("^enregistré à")
REGIE = {"choice": "autre", "other": "Une régie"}


@pytest.fixture
def page(chromium, live_server):
    call_command("load_questionnaire", stdout=io.StringIO())
    context = chromium.new_context(base_url=f"{live_server.url}/questionnaire/")
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    start(page, live_server)
    yield page
    context.close()


def person():
    return Respondent.objects.get()


def answer(code):
    return responses.answers_of(person())[code]


def save_elsewhere(**answers):
    filling.save(person(), person().version, answers)


def state(page, words):
    page.locator("[data-state]", has_text=words).wait_for()


def saved(page, code):
    state(page, SAVED)
    return answer(code)


def tick(page, name, value):
    page.locator(f"input[name={name}][value='{value}']").check()


def test_autre_is_left_with_its_precision_and_what_is_hidden_holds_nobody_up(page):
    page.goto("section/structures/")
    tick(page, "structure_type", "autre")
    page.locator("[name=structure_type__other]").fill("Une régie")
    assert saved(page, "structure_type") == REGIE

    tick(page, "structure_type", "entreprise")
    assert saved(page, "structure_type") == "entreprise"
    tick(page, "structure_type", "autre")
    assert saved(page, "structure_type") == REGIE
    tick(page, "structure_type", "")
    assert saved(page, "structure_type") is None

    page.goto("section/situations/")
    tick(page, "evaluation", "autre")
    page.locator("[name=evaluation__other]").fill("Un carnet")
    assert saved(page, "evaluation") == [{"choice": "autre", "other": "Un carnet"}]
    tick(page, "evaluation", "aucune")
    assert saved(page, "evaluation") == ["aucune"]

    tick(page, "distanciel", "oui")
    page.locator("[name=distanciel_retour]").fill("x" * 20_001)
    page.locator("[name=seances_nombre]").fill("beaucoup")
    page.locator("[name=seances_duree]").fill("9" * 20)
    state(page, "enregistré, sauf 3 réponses à revoir")
    tick(page, "domicile", "oui")
    state(page, "enregistré, sauf 3 réponses à revoir")
    go_on(page)
    page.locator("[name=distanciel_retour]:focus").wait_for()
    assert "entre 1 et 1\u202f440" in page.locator("#erreur-seances_duree").text_content()
    tick(page, "distanciel", "non")
    state(page, "enregistré, sauf 2 réponses à revoir")
    go_on(page)
    page.locator("[name=seances_nombre]:focus").wait_for()
    page.locator("[name=seances_nombre]").fill("")
    page.locator("[name=seances_duree]").fill("60")
    assert saved(page, "seances_duree") == 60
    tick(page, "distanciel", "oui")
    assert len(page.locator("[name=distanciel_retour]").input_value()) == 20_001
    state(page, "enregistré, sauf 1 réponse à revoir")
    tick(page, "distanciel", "non")
    go_on(page)
    page.wait_for_url("**/section/difficultes/")


def test_an_answer_that_changed_elsewhere_waits_for_a_choice(page):
    page.goto("section/situations/")
    save_elsewhere(seances_nombre=1, seances_duree=10)
    nombre, duree = page.locator("[name=seances_nombre]"), page.locator("[name=seances_duree]")
    nombre.fill("2")
    duree.fill("20")
    state(page, "enregistré, sauf 2 réponses à revoir")
    tick(page, "domicile", "oui")
    duree.fill("25")
    nombre.click()
    page.wait_for_timeout(1000)
    state(page, "enregistré, sauf 2 réponses à revoir")
    assert (answer("seances_nombre"), answer("seances_duree")) == (1, 10)
    go_on(page)
    page.locator("#question-seances_nombre [data-mine]:focus").wait_for()

    page.reload()
    state(page, "enregistré, sauf 2 réponses à revoir")
    page.get_by_text("Elle est maintenant\u00a0: «\u00a01 séance").wait_for()
    assert duree.input_value() == "25"
    page.locator("#question-seances_nombre [data-theirs]").click()
    state(page, "enregistré, sauf 1 réponse à revoir")
    assert nombre.input_value() == "1"
    page.locator("#question-seances_duree [data-mine]").click()
    assert saved(page, "seances_duree") == 25
    assert answer("seances_nombre") == 1
    nombre.fill("3")
    assert saved(page, "seances_nombre") == 3
    assert page.evaluate("localStorage.length") == 0


def test_what_was_written_offline_is_sent_from_any_page_and_overwrites_nothing(page):
    page.goto("section/structures/")
    page.route("**/section/**", lambda route: route.abort())
    page.locator("[name=structure_nom]").fill("Le Phare")
    page.locator("[name=structure_communication]").fill("phare.example")
    state(page, "hors connexion\u00a0:")
    save_elsewhere(structure_nom="Le Ponton")
    page.goto("bilan/")
    notice = page.locator("[data-unsent]")
    notice.get_by_text("2 réponses écrites sur cet appareil ne sont pas enregistrées.").wait_for()
    assert "hors connexion" in notice.text_content()

    page.unroute("**/section/**")
    page.reload()
    notice.get_by_text("Une réponse écrite sur cet appareil n’est pas enregistrée.").wait_for()
    assert "changée ailleurs entre-temps" in notice.text_content()
    assert answer("structure_communication") == "phare.example"
    assert "phare.example" in page.locator("main").text_content()
    page.get_by_role("button", name="Terminer").first.click()
    page.get_by_text("appuyez encore une fois").wait_for()
    page.get_by_role("button", name="Terminer").first.click()
    page.wait_for_url("**/merci/")
    notice.get_by_text("Une réponse écrite sur cet appareil n’est pas enregistrée.").wait_for()
    assert "Vos 2 réponses sont enregistrées" in page.locator("main").text_content()

    notice.get_by_role("link").click()
    page.locator("[data-mine]").wait_for()
    assert page.locator("[name=structure_nom]").input_value() == "Le Phare"
    assert answer("structure_nom") == "Le Ponton"
    page.locator("[data-mine]").click()
    assert saved(page, "structure_nom") == "Le Phare"


def test_a_campaign_that_closes_while_somebody_types_says_so_and_keeps_the_text(page):
    held = []
    page.route("**/filling.js", lambda route: held.append(route))
    page.goto("section/evolution/", wait_until="commit")
    page.locator("[name=parcours]").fill("Avant le script")
    held[0].continue_()
    page.unroute("**/filling.js")
    assert saved(page, "parcours") == "Avant le script"

    page.route("**/section/**", lambda route: route.fulfill(status=500, body="panne"))
    page.locator("[name=freins]").fill("Le temps")
    state(page, "le serveur a un problème\u00a0:")
    page.unroute("**/section/**")
    assert saved(page, "freins") == "Le temps"

    Questionnaire.objects.update(closes_at=timezone.now())
    page.locator("[name=freins]").fill("Le temps et l’argent")
    page.locator("[data-closed]", has_text="Le questionnaire est clos").wait_for()
    state(page, "questionnaire clos")
    field = page.locator("[name=freins]")
    assert field.input_value() == "Le temps et l’argent"
    assert not field.is_editable()
    assert page.locator("#erreur-freins", has_text="Pas enregistré").is_visible()
    assert page.get_by_role("button", name="Continuer").count() == 0
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("[name=parcours]").click()
    field.click()
    page.wait_for_timeout(300)
    assert sent == []
    page.reload()
    assert field.input_value() == "Le temps et l’argent"
    assert page.locator("#erreur-freins", has_text="Pas enregistré").is_visible()


def test_ranks_are_given_by_selects_or_by_dragging_and_show_what_is_saved(page):
    page.goto("section/publics/")
    page.locator("[name=publics_age__seniors]").select_option("1")
    page.locator("[name=publics_age__jeunes]").select_option("4")
    assert saved(page, "publics_age") == ["seniors", "jeunes"]
    gaps = page.locator("#question-publics_age [data-gaps]").text_content()
    assert gaps.endswith("l’ordre retenu est n°1 Seniors\u202f; n°2 Jeunes.")
    assert page.locator("#question-publics_age li").first.text_content().startswith("Glissez")

    drag(page, "publics_age__enfants", "publics_age__seniors")
    assert saved(page, "publics_age") == ["enfants", "seniors", "jeunes"]
    assert page.locator("#question-publics_age [data-gaps]").text_content() == ""
    drag(page, "publics_age__seniors", "publics_age__adultes_30_60")
    assert saved(page, "publics_age") == ["enfants", "jeunes"]
    page.reload()
    order = page.locator("#question-publics_age li").all_text_contents()
    assert [row.split("\n")[0] for row in order[:2]] == ["Enfants", "Jeunes"]


def drag(page, name, onto):
    page.locator(f"[name={onto}]").scroll_into_view_if_needed()
    page.locator("h1").click()
    grip = page.locator(f"li:has([name={name}]) .grip").bounding_box()
    target = page.locator(f"li:has([name={onto}])").bounding_box()
    x = grip["x"] + grip["width"] / 2
    page.mouse.move(x, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(x, target["y"] + target["height"] / 2, steps=5)
    page.mouse.move(x, target["y"] + (2 if target["y"] < grip["y"] else target["height"] - 2))
    page.mouse.up()
