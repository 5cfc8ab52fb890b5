"""A moderator reads texts one after the other, by the keyboard alone or with the mouse."""

import pytest
from django.contrib.auth.models import User

from survey import moderation
from survey.models import Answer, Decision
from tests import factories
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

READ = 450  # milliseconds before a key decides


def written(words, consents=factories.EVERYTHING):
    return text_of(respondent({"freins": words}, consents), "freins")


def state_of(text):
    return Answer.objects.values_list("verdict", "public_text").get(pk=text.pk)


def signed_in(chromium, live_server, **options):
    User.objects.create_superuser("lecture", password="lecture")
    page = chromium.new_context(**options).new_page()
    page.goto(f"{live_server.url}/admin/")
    page.locator("#id_username").fill("lecture")
    page.locator("#id_password").fill("lecture")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="à lire").first.wait_for()
    return page


def read(page, words):
    """Wait until this text is shown, with its keys, and as long as nobody could have read it."""
    page.locator("#read", has_text=words).wait_for()
    page.locator(".keys").wait_for()
    page.wait_for_timeout(READ)


def left(page, words):
    page.wait_for_function("w => document.getElementById('appearing').textContent === w", arg=words)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_texts_are_read_to_the_last_by_the_keyboard_alone(chromium, live_server):
    factories.questionnaire()
    whole, marked, cut, shy, private, skipped = (
        written("Le temps manque"),
        written("Appelez Sandrine au 01 99 00 45 67, vite"),
        written("Le chef du service bloque tout"),
        written("Sans accord", NOTHING_PUBLIC),
        written("Du bruit"),
        written("Sans avis"),
    )
    page = signed_in(chromium, live_server)
    page.get_by_role("link", name="5 textes à lire").focus()
    press(page, "Enter")

    read(page, "Le temps manque")
    press(page, "p")
    read(page, "Appelez Sandrine")
    press(page, "t")
    left(page, "Appelez […] au […], vite")
    press(page, "p")  # refused: it would publish what was just removed
    page.get_by_text("Des mots sont retirés").wait_for()
    press(page, "e")
    read(page, "Le chef")
    press(page, "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "b")
    left(page, "Le […] bloque tout")
    press(page, "r")
    left(page, "Le chef du service bloque tout")
    press(page, "b", "e")
    read(page, "Du bruit")
    press(page, "p")
    read(page, "Sans avis")
    press(page, "u")
    page.get_by_text("Décision annulée\u00a0: le texte de #5").wait_for()
    read(page, "Du bruit")
    press(page, "g")
    read(page, "Sans avis")
    press(page, "s")
    read(page, "Sans avis")
    press(page, "p")

    page.get_by_text("Tout est lu").wait_for()
    page.locator("[data-key=u] kbd").wait_for()
    page.wait_for_timeout(READ)
    press(page, "u")
    read(page, "Sans avis")
    press(page, "p")
    page.get_by_text("Tout est lu").wait_for()
    assert [state_of(text) for text in (whole, marked, cut, shy, private, skipped)] == [
        ("approved", ""),
        ("redacted", "Appelez […] au […], vite"),
        ("redacted", "Le […] bloque tout"),
        ("pending", ""),
        ("rejected", ""),
        ("approved", ""),
    ]
    page.context.close()


def test_a_letter_typed_in_a_field_or_twice_decides_nothing(chromium, live_server):
    factories.questionnaire()
    first, second = written("Le premier"), written("Le second")
    page = signed_in(chromium, live_server)
    page.get_by_role("link", name="2 textes à lire").click()
    read(page, "Le premier")

    page.get_by_label("Motif").focus()
    page.keyboard.type("pegsu")
    page.wait_for_timeout(READ)
    assert page.get_by_label("Motif").input_value() == "pegsu"
    page.get_by_label("Motif").blur()
    press(page, "p", "p")
    read(page, "Le second")

    assert state_of(first) == ("approved", "")
    assert state_of(second) == ("pending", "")
    page.get_by_text("Au clavier et à la souris").click()
    page.get_by_label("Décider d’une seule touche").uncheck()
    page.get_by_label("Décider d’une seule touche").blur()
    press(page, "p")
    page.wait_for_timeout(READ)
    assert Decision.objects.count() == 1
    page.context.close()


def test_words_are_removed_with_the_mouse_and_by_hand(chromium, live_server):
    factories.questionnaire()
    text = written("Avec Léa, le chef\nd’Anna bloque tout")
    page = signed_in(chromium, live_server)
    page.get_by_role("link", name="1 texte à lire").click()
    read(page, "Avec Léa")
    words = page.locator("#read")

    words.get_by_text("Léa").click()
    left(page, "Avec […], le chef\nd’Anna bloque tout")
    words.get_by_text("bloque").dblclick()
    left(page, "Avec […], le chef\nd’Anna […] tout")
    words.get_by_text("bloque").click()
    left(page, "Avec […], le chef\nd’Anna bloque tout")
    words.get_by_text("le").first.hover()
    page.mouse.down()
    words.get_by_text("chef").hover()
    page.mouse.up()
    left(page, "Avec […], […]\nd’Anna bloque tout")
    box = words.get_by_text("bloque").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    page.mouse.up()
    left(page, "Avec […], […]\nd’Anna […] tout")

    page.get_by_text("Texte à publier en partie").click()
    page.get_by_label("Texte à publier", exact=True).fill("Avec une collègue")
    words.get_by_text("tout").click()
    page.get_by_text("écrit à la main").wait_for()
    page.get_by_role("button", name="Publier en partie").click()

    page.get_by_text("Tout est lu").wait_for()
    assert state_of(text) == ("redacted", "Avec une collègue")
    page.context.close()


@pytest.mark.parametrize("side", ["right", "below", "left"])
def test_words_are_removed_wherever_the_mouse_is_released(chromium, live_server, side):
    factories.questionnaire()
    written("Le chef bloque tout")
    page = signed_in(chromium, live_server)
    page.get_by_role("link", name="1 texte à lire").click()
    read(page, "Le chef")
    text = page.locator("#read").bounding_box()
    middle = text["y"] + text["height"] / 2
    outside = {
        "right": (text["x"] + text["width"] + 40, middle),
        "below": (text["x"] + text["width"] / 2, text["y"] + text["height"] + 60),
        "left": (text["x"] - 20, middle),
    }[side]

    page.locator("#read").get_by_text("bloque").hover()
    page.mouse.down()
    page.mouse.move(*outside, steps=5)
    page.mouse.up()

    left(page, "[…] tout" if side == "left" else "Le chef […]")
    assert page.evaluate("getSelection().isCollapsed")
    page.locator("#read").get_by_text("chef").click()
    left(page, "[…] chef […] tout" if side == "left" else "Le […]")
    page.context.close()


def test_what_is_selected_beside_a_text_removes_nothing(chromium, live_server):
    factories.questionnaire()
    written("Le chef bloque tout")
    page = signed_in(chromium, live_server)
    page.get_by_role("link", name="1 texte à lire").click()
    read(page, "Le chef")

    page.locator(".reading-question").hover()
    page.mouse.down()
    page.locator(".facts dt").first.hover()
    page.mouse.up()

    left(page, "Le chef bloque tout")
    assert not page.evaluate("getSelection().isCollapsed")
    page.context.close()


def test_texts_are_read_without_a_script(chromium, live_server):
    factories.questionnaire()
    text = written("Avec Léa")
    moderation.approve(written("Déjà lu"), by=moderator())
    page = signed_in(chromium, live_server, java_script_enabled=False)
    page.get_by_role("link", name="1 texte à lire").click()

    assert page.locator("#read mark").inner_text() == "Léa"
    page.get_by_label("Texte à publier", exact=True).fill("Avec […]")
    page.get_by_role("button", name="Publier en partie").click()
    page.get_by_text("Tout est lu").wait_for()
    assert state_of(text) == ("redacted", "Avec […]")
    page.context.close()


def test_a_precision_is_counted_as_another_choice_by_the_keyboard(chromium, live_server):
    factories.questionnaire()
    person = respondent({"type": {"choice": "autre", "other": "Péniche"}})
    page = signed_in(chromium, live_server)
    page.goto(f"{live_server.url}/admin/survey/texttoread/next/")
    read(page, "Péniche")

    press(page, "c")
    page.keyboard.type("Mai")
    press(page, "Tab", "Tab", "Enter")

    page.locator(".messagelist", has_text="compté avec").wait_for()
    assert text_of(person, "type").coded_as.code == "mairie"
    page.get_by_role("button", name="Remettre dans").click()
    page.locator(".messagelist", has_text="remis dans").wait_for()
    assert text_of(person, "type").coded_as is None


def test_deciding_leaves_no_choice_behind_that_was_taken_beside(chromium, live_server):
    factories.questionnaire()
    person = respondent({"type": {"choice": "autre", "other": "Péniche"}})
    page = signed_in(chromium, live_server)
    page.get_by_role("link", name="1 texte à lire").click()
    read(page, "Péniche")

    page.get_by_label("ou comme un nouveau choix").fill("Bateau")
    page.get_by_label("ou comme un nouveau choix").blur()
    press(page, "p")

    page.locator(".told", has_text="Compter comme").wait_for()
    assert page.get_by_label("ou comme un nouveau choix").input_value() == "Bateau"
    assert Answer.objects.get(respondent=person).verdict == "pending"
    page.context.close()
