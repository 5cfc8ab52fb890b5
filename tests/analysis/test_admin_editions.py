"""Freezing in the admin: who may, what is asked, what may change afterwards."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from analysis import declarations, editions
from analysis.models import Edition
from analysis.wording import Noun
from tests.factories import moderator, respondent

pytestmark = pytest.mark.django_db

ADD = "/admin/analysis/edition/add/"
LIST = "/admin/analysis/edition/"


@pytest.fixture(autouse=True)
def own_report(questionnaire, monkeypatch):
    people = Noun("personne", "personnes", feminine=True)
    plain = declarations.Declaration("test.yaml", "Le rapport", people)
    monkeypatch.setattr(declarations, "read", lambda code: plain)


@pytest.fixture
def editor(client):
    return signed_in(client, "add", "change", "delete", "view")


def signed_in(client, *actions):
    editor = User.objects.create_user("redactrice", is_staff=True)
    names = [f"{action}_edition" for action in actions]
    editor.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(editor)
    return editor


def freeze(day=date(2021, 3, 5)):
    edition = Edition(date=day)
    editions.freeze(edition, by=moderator())
    return edition


def test_adding_an_edition_freezes_what_the_public_sees(client, editor):
    respondent({"duree": 10})
    page = client.get(ADD).content.decode()
    assert "tel que le public le voit à cet instant" in page
    assert f'value="{timezone.localdate():%d/%m/%Y}"' in page

    client.post(ADD, {"date": "05/03/2021", "title": "Mars", "note": "Relue"})
    respondent({"duree": 20})

    edition = Edition.objects.get()
    assert (edition.date, edition.title, edition.note) == (date(2021, 3, 5), "Mars", "Relue")
    assert (edition.frozen_by, edition.responses) == (editor, 1)
    shown = client.get("/api/v1/editions/2021-03-05/report/blocks/duree/").json()
    assert shown["distribution"]["count"] == 1
    assert "/resultats/editions/2021-03-05/" in client.get(LIST).content.decode()


def test_afterwards_only_title_and_note_change(client, editor):
    edition = freeze()
    before = edition.document

    client.post(
        f"{LIST}{edition.pk}/change/",
        {"date": "06/03/2021", "title": "Corrigé", "note": "Mieux", "responses": 12},
    )

    edition.refresh_from_db()
    assert (edition.title, edition.note) == ("Corrigé", "Mieux")
    assert (edition.date, edition.responses) == (date(2021, 3, 5), 0)
    assert edition.document == before


def test_there_is_one_edition_a_day_and_none_to_come(client, editor):
    freeze()
    again = client.post(ADD, {"date": "05/03/2021"}).content.decode()
    assert "Il y a déjà une édition du 5 mars 2021" in again

    tomorrow = timezone.localdate() + timedelta(days=1)
    early = client.post(ADD, {"date": f"{tomorrow:%d/%m/%Y}"}).content.decode()
    assert "Choisissez la date d’aujourd’hui, ou d’un jour passé." in early
    assert Edition.objects.count() == 1


def test_deleting_says_what_is_lost_and_asks(client, editor):
    edition = freeze()
    address = f"{LIST}{edition.pk}/delete/"

    page = client.get(address).content.decode()
    assert "/resultats/editions/2021-03-05/" in page
    assert "ne répondra plus" in page
    assert Edition.objects.exists()

    client.post(address, {"post": "yes"})
    assert not Edition.objects.exists()


def test_before_a_questionnaire_there_is_nothing_to_freeze(client, editor, settings):
    settings.QUESTIONNAIRE = "other"

    page = client.post(ADD, {"date": "05/03/2021"}).content.decode()

    assert "Il n’y a pas encore de rapport à figer." in page
    assert not Edition.objects.exists()


def test_who_may_only_look_neither_freezes_nor_deletes(client):
    signed_in(client, "view")
    edition = freeze()

    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{edition.pk}/change/").status_code == 200
    assert client.post(ADD, {"date": "06/03/2021"}).status_code == 403
    assert client.post(f"{LIST}{edition.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Edition.objects.count() == 1
