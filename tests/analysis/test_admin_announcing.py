"""Announcing an edition in the admin, and what it shows of subscribers to whom."""

import threading
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core import mail
from django.utils import timezone

from analysis import announcing, declarations, editions
from analysis.models import Announcement, Delivery, Edition, Subscriber
from analysis.wording import Noun
from tests.analysis.mailing import subscriber
from tests.factories import moderator

pytestmark = pytest.mark.django_db

EDITIONS = "/admin/analysis/edition/"
ADDRESSES = "/admin/analysis/subscriber/"
ADD = f"{EDITIONS}add/"
TODAY = {"date": "05/03/2021"}


@pytest.fixture(autouse=True)
def own_report(questionnaire, monkeypatch):
    people = Noun("personne", "personnes", feminine=True)
    plain = declarations.Declaration("test.yaml", "Le rapport", people)
    monkeypatch.setattr(declarations, "read", lambda code: plain)
    # Within the test's own transaction, which another thread would not see.
    monkeypatch.setattr(threading.Thread, "start", lambda thread: thread._target())
    monkeypatch.setattr(announcing, "_send_apart", announcing.send_left)


@pytest.fixture
def editor(client):
    account = User.objects.create_user("redactrice", is_staff=True)
    account.groups.add(Group.objects.get(name="Rédaction"))
    client.force_login(account)
    return account


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *moment: date(2021, 3, 5))


def freeze(day=date(2021, 3, 5)):
    edition = Edition(date=day)
    editions.freeze(edition, by=moderator())
    return edition


def page(client, edition):
    return client.get(f"{EDITIONS}{edition.pk}/change/").content.decode()


def test_freezing_tells_subscribers_if_the_box_stays_ticked(
    client, editor, django_capture_on_commit_callbacks
):
    subscriber()
    subscriber("blaise@example.org")
    form = client.get(ADD).content.decode()
    assert "Prévenir les 2 personnes abonnées par e-mail" in form
    assert '<input type="checkbox" name="announce"' in form
    assert "checked" in form

    with django_capture_on_commit_callbacks(execute=True):
        shown = client.post(ADD, TODAY | {"announce": "on"}, follow=True).content.decode()

    assert "L’envoi est en cours" in shown
    assert len(mail.outbox) == 2
    assert "2 personnes ont été prévenues par e-mail." in page(client, Edition.objects.get())


def test_unticked_nobody_is_told_until_its_page_is_asked_to(
    client, editor, django_capture_on_commit_callbacks
):
    subscriber()
    client.post(ADD, TODAY)
    edition = Edition.objects.get()
    assert not Announcement.objects.exists()
    assert "Prévenir la personne abonnée</button>" in page(client, edition)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{EDITIONS}{edition.pk}/announce/")

    assert len(mail.outbox) == 1
    shown = page(client, edition)
    assert "1 personne a été prévenue par e-mail." in shown
    assert "</button>" not in shown.split("announcement")[1].split("</section>")[0]
    again = client.post(f"{EDITIONS}{edition.pk}/announce/")
    assert (again.status_code, len(mail.outbox)) == (404, 1)


def test_what_is_left_is_shown_and_goes_on(client, editor, django_capture_on_commit_callbacks):
    subscriber()
    subscriber("blaise@example.org")
    edition = freeze()
    announcing.begin(edition)
    Delivery.objects.first().delete()
    Announcement.objects.update(told=1, given_up=1)
    shown = page(client, edition)
    assert "1 message est parti sur 3. 1 adresse n’a pas pu être jointe." in shown
    assert "Reprendre l’envoi" in shown

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{EDITIONS}{edition.pk}/announce/")

    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("stopped", "said"),
    [
        ("server", "Le serveur d’e-mail ne répond pas"),
        ("refused", "refusé pour l’instant"),
        ("", "Rechargez la page"),
    ],
)
def test_what_stops_the_mails_is_said(client, editor, stopped, said):
    subscriber()
    edition = freeze()
    announcing.begin(edition)
    Announcement.objects.update(stopped=stopped)

    shown = page(client, edition)

    assert said in shown
    assert ("Rechargez" in shown) == (stopped == "")


def test_with_no_subscriber_nothing_is_offered(client, editor):
    assert "announce" not in client.get(ADD).content.decode()
    client.post(ADD, TODAY | {"announce": "on"})

    edition = Edition.objects.get()
    assert "Personne n’est encore abonné" in page(client, edition)
    assert client.post(f"{EDITIONS}{edition.pk}/announce/").status_code == 404


def test_an_edition_with_a_newer_one_is_no_news(client, editor):
    subscriber()
    old, _ = freeze(), freeze(date(2021, 3, 12))

    assert "une plus récente a paru" in page(client, old)
    assert client.post(f"{EDITIONS}{old.pk}/announce/").status_code == 404


def test_a_day_is_announced_once_even_if_its_edition_was_deleted_since(
    client, editor, django_capture_on_commit_callbacks, today
):
    subscriber()
    subscriber("blaise@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, TODAY | {"announce": "on"})
    gone = f"{EDITIONS}{Edition.objects.get().pk}/delete/"
    assert "2 personnes ont été prévenues par e-mail" in client.get(gone).content.decode()
    client.post(gone, {"post": "yes"})

    form = client.get(ADD).content.decode()
    assert "Une édition du 5 mars 2021 a déjà été annoncée" in form
    assert "checked" not in form
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, TODAY | {"announce": "on"})

    assert len(mail.outbox) == 2
    again = Edition.objects.get()
    assert "2 personnes ont été prévenues" in page(client, again)
    assert client.post(f"{EDITIONS}{again.pk}/announce/").status_code == 404


def test_who_was_to_be_told_of_a_deleted_edition_hears_of_the_next_of_that_day(client, editor):
    subscriber()
    edition = freeze()
    announcing.begin(edition)
    gone = f"{EDITIONS}{edition.pk}/delete/"
    assert "1 message ne partira pas" in client.get(gone).content.decode()
    client.post(gone, {"post": "yes"})

    again = freeze()
    assert "Prévenir la personne abonnée</button>" in page(client, again)
    assert announcing.begin(again)
    announcing.send_left()

    assert len(mail.outbox) == 1


@pytest.mark.parametrize("deleted", [False, True])
def test_an_edition_older_than_one_that_is_out_is_frozen_without_being_announced(
    client, editor, deleted
):
    subscriber()
    edition = freeze()
    announcing.begin(edition)
    announcing.send_left()
    if deleted:
        edition.delete()
    older = {"date": "01/01/2020", "title": "Avant"}

    refused = client.post(ADD, older | {"announce": "on"}).content.decode()
    assert "Une édition plus récente a paru" in refused
    assert 'value="Avant"' in refused
    assert client.post(ADD, older).status_code == 302
    assert Edition.objects.filter(date=date(2020, 1, 1)).exists()
    assert len(mail.outbox) == 1


def test_editors_see_how_many_and_never_whom(client, editor):
    subscriber()
    edition = freeze()

    for address in (ADD, EDITIONS, f"{EDITIONS}{edition.pk}/change/", "/admin/"):
        assert "anne@example.org" not in client.get(address).content.decode()
    assert client.get(ADDRESSES).status_code == 403


def test_the_log_says_that_it_was_announced_to_how_many(client, editor):
    subscriber()
    edition = freeze()

    client.post(f"{EDITIONS}{edition.pk}/announce/")

    assert LogEntry.objects.get().get_change_message() == (
        "Annoncée par e-mail à la personne abonnée."
    )


@pytest.mark.parametrize("several", [False, True])
def test_erasing_an_address_leaves_no_trace_of_it_in_the_log(admin_client, several):
    person = subscriber()
    Subscriber.objects.create(email="blaise@example.org")
    assert (
        admin_client.get(ADDRESSES, {"q": "ANNE", "state": "confirmed"}).context["cl"].result_count
        == 1
    )

    if several:
        chosen = {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"}
        admin_client.post(ADDRESSES, chosen)
    else:
        admin_client.post(f"{ADDRESSES}{person.pk}/delete/", {"post": "yes"})

    assert Subscriber.objects.get().email == "blaise@example.org"
    entry = LogEntry.objects.get()
    assert entry.object_repr == "Une adresse abonnée"
    assert "anne" not in str(vars(entry))
    assert str(person.pk) not in str(vars(entry))
    assert str(person.key) not in str(vars(entry))
