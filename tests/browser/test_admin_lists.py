"""The widest lists of the admin, on a laptop and on a small phone."""

import pytest
from django.contrib.auth.models import User

from survey import moderation
from tests import factories
from tests.factories import respondent, text_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = ("texttoread/?verdict=all", "respondent/", "decision/", "event/")


@pytest.fixture
def page(chromium, live_server, client):
    factories.questionnaire()
    ana = User.objects.create_superuser("ana", first_name="Ana", last_name="Roux")
    person = respondent({"freins": "Le manque de temps, de lieux et de matériel " * 4})
    reason = "Nomme une collègue et donne son numéro de téléphone au bureau"
    moderation.redact(text_of(person, "freins"), "Le manque de temps […]", by=ana, reason=reason)
    moderation.hold(person, by=ana, reason=reason)
    client.force_login(ana)
    context = chromium.new_context(base_url=f"{live_server.url}/admin/survey/")
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_lists_show_their_columns_whole_on_a_laptop(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    for address in LISTS:
        page.goto(address)
        results = "document.querySelector('.results')"
        whole = f"!{results} || {results}.scrollWidth <= {results}.clientWidth"
        assert page.evaluate(whole), address


def test_on_a_phone_a_list_scrolls_in_itself_and_says_so(page):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("decision/")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    hint = "getComputedStyle(document.querySelector('.results'), '::before').content"
    assert "défile vers la droite" in page.evaluate(hint)
    page.evaluate("document.querySelector('.results').scrollLeft = 400")
    first = page.locator("#result_list tbody tr > :first-child").first.bounding_box()
    assert first["x"] >= 0
