"""An editor previews a commentary and looks up figures, in a real browser."""

import pytest
from django.contrib.auth.models import User

from tests import factories
from tests.factories import respondent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain_report(monkeypatch):
    from analysis import declarations
    from analysis.wording import Noun

    plain = declarations.Declaration("test.yaml", "Le rapport", Noun("personne", "personnes"))
    monkeypatch.setattr(declarations, "read", lambda code: plain)
    factories.questionnaire()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_an_editor_previews_without_saving_and_looks_up_figures(
    chromium, live_server, plain_report, script
):
    User.objects.create_superuser("redaction", password="redaction")
    respondent({"tiers_lieu": "oui"})
    page = chromium.new_context(java_script_enabled=script).new_page()
    page.goto(f"{live_server.url}/admin/analysis/commentary/add/")
    page.locator("#id_username").fill("redaction")
    page.locator("#id_password").fill("redaction")
    page.locator("[type=submit]").click()

    page.locator("#id_place").select_option("tiers_lieu")
    page.locator("#id_body").fill("Sur **{{ base tiers_lieu }}** réponse")
    page.get_by_role("button", name="Aperçu").click()
    preview = page.frame_locator("iframe[name=preview]")
    preview.get_by_text("Sur 1 réponse").wait_for()
    assert page.locator("#id_body").input_value() == "Sur **{{ base tiers_lieu }}** réponse"

    figures = page.frame_locator("#figures")
    if not script:
        figures.locator("select").select_option("tiers_lieu")
        figures.get_by_role("button", name="Voir").click()
    figures.get_by_text("{{ share tiers_lieu oui }}").wait_for()
    page.locator("[name=_save]").click()
    page.locator(".field-excerpt", has_text="Sur 1 réponse").wait_for()
