"""Telling subscribers of an edition: each once, whatever servers and people do meanwhile."""

import threading
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from analysis import announcing
from analysis.models import Announcement, Delivery, Subscriber
from tests.analysis.edition_report import DAY, ask, freeze, published
from tests.analysis.mailing import SITE, link, subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_report(db, monkeypatch, settings):
    settings.SITE_URL = SITE
    ask(monkeypatch)


@pytest.fixture
def three():
    return [subscriber(f"{name}@example.org") for name in ("anne", "blaise", "chloe")]


def told():
    return sorted(message.to[0] for message in mail.outbox)


def announce(edition):
    announcing.begin(edition)
    announcing.send_left()
    return announcing.progress(edition)


def later():
    Delivery.objects.update(taken_at=timezone.now() - timedelta(minutes=11))


def failing(monkeypatch, errors):
    """A server that fails so with these addresses, until `errors` is emptied; the calls it had."""
    calls = []
    send = EmailBackend.send_messages

    def send_messages(self, messages):
        calls.append(messages[0].to[0])
        if messages[0].to[0] in errors:
            raise errors[messages[0].to[0]]
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return calls


def test_each_confirmed_address_is_told_once_however_often_it_is_announced(three):
    Subscriber.objects.create(email="unconfirmed@example.org")
    edition = freeze()

    first, second = announce(edition), announce(edition)

    assert told() == ["anne@example.org", "blaise@example.org", "chloe@example.org"]
    assert first == second == announcing.Progress(told=3, given_up=0, left=0)
    assert not Delivery.objects.exists()


def test_a_mail_says_what_has_appeared_where_it_is_and_how_to_leave():
    person = subscriber()
    published({"nom": "L’Été & Cie"})
    edition = freeze(title="Pour <les> rencontres & après")

    announce(edition)

    message = mail.outbox[0]
    assert message.subject == "Conumm\u00a0: Le rapport du 5 mars 2021 est paru"
    assert "Pour <les> rencontres & après" in message.body
    assert "1 réponse\u00a0: 0 complète et 1 partielle." in message.body
    assert f"{SITE}/resultats/editions/2021-03-05/\n" in message.body
    assert link("quitter") == person.leaving_path
    headers = message.message()
    assert headers["List-Unsubscribe"] == f"<{SITE}{person.leaving_path}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"


def test_a_mail_sent_again_bears_the_same_number(three):
    edition = freeze()
    announce(edition)
    Announcement.objects.all().delete()
    announce(edition)
    numbers = [message.message()["Message-ID"] for message in mail.outbox]

    assert sorted(numbers[:3]) == sorted(numbers[3:])
    assert len(set(numbers)) == 3


def test_whoever_subscribes_later_hears_of_the_next_edition(three):
    announce(freeze())
    subscriber("zoe@example.org")
    announcing.send_left()
    assert "zoe@example.org" not in told()

    announce(freeze(DAY + timedelta(days=7)))

    assert told().count("zoe@example.org") == 1


def test_one_bad_address_does_not_stop_the_others(three, monkeypatch):
    refusal = SMTPRecipientsRefused({"blaise@example.org": (550, b"No such user")})
    failing(monkeypatch, {"blaise@example.org": refusal})

    progress = announce(freeze())

    assert told() == ["anne@example.org", "chloe@example.org"]
    assert progress == announcing.Progress(told=2, given_up=1, left=0)


def test_a_mail_refused_for_now_is_tried_three_times_and_not_at_once(three, monkeypatch):
    failing(monkeypatch, {"blaise@example.org": SMTPDataError(451, b"Try later")})
    edition = freeze()
    progress = announce(edition)
    assert progress == announcing.Progress(told=2, given_up=0, left=1, stopped="refused")

    announcing.send_left()
    assert Delivery.objects.get().attempts == 1

    for _ in range(2):
        later()
        announcing.send_left()
    assert announcing.progress(edition) == announcing.Progress(told=2, given_up=1, left=0)


def test_a_server_that_hangs_up_is_called_again(three, monkeypatch):
    errors = {"blaise@example.org": SMTPServerDisconnected()}
    failing(monkeypatch, errors)
    edition = freeze()
    announce(edition)
    assert told() == ["anne@example.org", "chloe@example.org"]

    errors.clear()
    later()
    announcing.send_left()

    assert len(told()) == 3
    assert announcing.progress(edition) == announcing.Progress(told=3, given_up=0, left=0)


def test_without_a_server_nothing_is_lost_and_no_try_is_counted(three, monkeypatch):
    def down(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", down)
    edition = freeze()
    announcing.begin(edition)
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_news")
    assert announcing.progress(edition).stopped == "server"
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}

    monkeypatch.undo()
    call_command("send_news")
    assert len(told()) == 3
    assert announcing.progress(edition).stopped == ""


def test_a_server_that_takes_nothing_from_us_costs_no_address_a_try(three, monkeypatch):
    refusal = SMTPSenderRefused(451, b"Slow down", "conumm@localhost")
    errors = dict.fromkeys(("anne@example.org", "blaise@example.org", "chloe@example.org"), refusal)
    calls = failing(monkeypatch, errors)
    announcing.begin(freeze())

    with pytest.raises(CommandError, match="SMTPSenderRefused"):
        call_command("send_news")

    assert len(calls) == 1
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}


def test_sending_goes_on_where_it_stopped(three, monkeypatch):
    calls = failing(monkeypatch, {"blaise@example.org": KeyboardInterrupt()})
    edition = freeze()
    announcing.begin(edition)
    with pytest.raises(KeyboardInterrupt):
        announcing.send_left()
    monkeypatch.undo()

    before = len(calls) - 1
    assert announcing.progress(edition) == announcing.Progress(before, 0, 3 - before)
    announcing.send_left()
    assert "blaise@example.org" not in told()
    later()
    announcing.send_left()

    assert told() == ["anne@example.org", "blaise@example.org", "chloe@example.org"]


def test_whoever_leaves_meanwhile_is_not_told(three):
    edition = freeze()
    announcing.begin(edition)
    three[1].delete()

    announcing.send_left()

    assert told() == ["anne@example.org", "chloe@example.org"]
    assert announcing.progress(edition).total == 2


def test_nobody_is_told_of_an_edition_that_was_deleted(three, monkeypatch):
    edition = freeze()
    announcing.begin(edition)
    send = EmailBackend.send_messages

    def send_and_delete(self, messages):
        edition.delete()
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_and_delete)
    announcing.send_left()

    assert len(mail.outbox) == 1
    assert not Delivery.objects.exists()


def test_nobody_is_told_of_an_edition_of_another_questionnaire(three, settings):
    announcing.begin(freeze())
    settings.QUESTIONNAIRE = "other"

    announcing.send_left()

    assert mail.outbox == []


def test_what_could_not_be_sent_for_a_week_is_given_up(three):
    edition = freeze()
    announcing.begin(edition)
    Announcement.objects.update(begun_at=timezone.now() - timedelta(days=8))

    announcing.send_left()

    assert mail.outbox == []
    assert announcing.progress(edition) == announcing.Progress(told=0, given_up=3, left=0)


def test_what_servers_say_of_an_address_is_not_logged(three, monkeypatch, caplog):
    refusal = SMTPRecipientsRefused({"blaise@example.org": (550, b"No blaise@example.org")})
    failing(monkeypatch, {"blaise@example.org": refusal})

    announce(freeze())

    assert "SMTPRecipientsRefused" in caplog.text
    assert "example.org" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_tell_each_once(monkeypatch):
    for n in range(12):
        subscriber(f"a{n}@example.org")
    announcing.begin(freeze())
    barrier, take = threading.Barrier(2), announcing._taken

    def both_at_once(key):
        barrier.wait(timeout=20)
        return take(key)

    monkeypatch.setattr(announcing, "_taken", both_at_once)
    senders = [threading.Thread(target=announcing._send_apart) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert told() == sorted(f"a{n}@example.org" for n in range(12))
    assert not Delivery.objects.exists()
