"""The admin's first page: what people come for stands first, in their words."""

import pytest
from django.contrib.auth.models import Group, User

from survey import moderation
from tests.factories import moderator, respondent, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    user = User.objects.create_user("ana", is_staff=True, first_name="Ana", last_name="Roux")
    user.groups.add(Group.objects.get(name="Modération"))
    client.force_login(user)
    return user


def test_what_people_come_for_stands_first_with_what_they_do_there(admin_client, questionnaire):
    survey, analysis = admin_client.get("/admin/").context["app_list"][:2]

    assert (survey["app_label"], analysis["app_label"]) == ("survey", "analysis")
    assert [(model["object_name"], model["verb"]) for model in survey["models"][:3]] == [
        ("TextToRead", "Lire et décider"),
        ("Respondent", "Voir et trier"),
        ("Decision", "Consulter"),
    ]


def test_a_moderator_who_decided_is_not_told_that_they_did_nothing(client, ana, questionnaire):
    moderation.reject(text_of(respondent({"freins": "un"}), "freins"), by=ana)

    page = client.get("/admin/").content.decode()

    assert "Aucun" not in page
    assert "recent-actions-module" not in page


def test_a_count_of_nothing_does_not_look_like_what_waits(client, ana, questionnaire):
    page = " ".join(client.get("/admin/").content.decode().split())

    assert page.count('<li class="none">') == 2
    respondent({"freins": "un"})
    page = " ".join(client.get("/admin/").content.decode().split())
    assert page.count('<li class="none">') == 1


def test_each_log_has_one_name_wherever_it_is_named(admin_client, questionnaire):
    page = admin_client.get("/admin/admin/logentry/").content.decode()

    assert page.count("Journal de l’administration") >= 4
    assert "Entrées d’historique" not in page
    assert "Entrées d&#x27;historique" not in page


def test_whoever_decided_has_the_same_name_in_every_log(admin_client, ana, questionnaire):
    person = respondent({"freins": "un"})
    moderation.reject(text_of(person, "freins"), by=ana)
    moderation.hold(person, by=moderator(), reason="doute")

    for address in (f"/admin/survey/respondent/{person.pk}/change/", "/admin/survey/decision/"):
        page = admin_client.get(address).content.decode()
        assert "Ana Roux" in page
        assert ">ana<" not in page
    assert "Par personne" in page
