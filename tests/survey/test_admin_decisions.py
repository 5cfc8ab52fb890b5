import pytest
from django.contrib.auth.models import Permission

from survey import moderation
from survey.models import Decision
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/survey/decision/"


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def decisions(questionnaire):
    """A text of #1 kept private, a text of #2 published, #2 held."""
    first, second = respondent({"freins": "un"}), respondent({"freins": "deux"})
    moderation.reject(text_of(first, "freins"), by=moderator(), reason="nomme quelqu’un")
    moderation.approve(text_of(second, "freins"), by=moderator())
    moderation.hold(second, by=moderator(), reason="doublon ?")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["held", "approved", "rejected"]),
        ("verdict=held", ["held"]),
        ("about=text", ["approved", "rejected"]),
        ("about=respondent", ["held"]),
        ("q=%232", ["held", "approved"]),
        ("q=doublon", ["held"]),
        ("q=deux", ["approved"]),
    ],
)
def test_decisions_are_listed_filtered_and_searched(admin_client, decisions, query, shown):
    response = admin_client.get(f"{LIST}?{query}")

    assert [decision.verdict for decision in response.context["cl"].result_list] == shown


def test_a_decision_is_shown_with_who_what_and_why(admin_client, decisions):
    decision = Decision.objects.get(verdict="rejected")

    page = admin_client.get(f"{LIST}{decision.pk}/change/").content.decode()

    for words in ("moderatrice", "nomme quelqu’un", "à lire", "gardé privé", "Freins"):
        assert words in page


def test_nobody_adds_changes_or_deletes_a_decision(admin_client, decisions):
    decision = Decision.objects.first()

    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(f"{LIST}{decision.pk}/change/", {"reason": "x"}).status_code == 403
    assert admin_client.post(f"{LIST}{decision.pk}/delete/", {"post": "yes"}).status_code == 403


def test_staff_without_the_permission_read_no_decision(client, decisions):
    client.force_login(moderator())

    assert client.get(LIST).status_code == 403


def test_the_index_counts_what_waits(admin_client, decisions):
    respondent({"freins": "trois", "site": "blog"})
    respondent({"freins": "quatre"}, NOTHING_PUBLIC)

    page = admin_client.get("/admin/").content.decode()

    assert "<strong>2</strong> textes à lire" in page
    assert "<strong>1</strong> répondant en attente" in page
    assert "Conumm" in page


def test_the_index_counts_only_what_its_reader_may_see(client, decisions):
    user = moderator()
    client.force_login(user)
    assert "Ce qui attend" not in client.get("/admin/").content.decode()

    user.user_permissions.add(Permission.objects.get(codename="view_respondent"))
    page = client.get("/admin/").content.decode()
    assert "répondant en attente" in page
    assert "texte à lire" not in page
