"""Asking to be told of editions, confirming, leaving; what is kept of it, and what is not."""

import logging
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail, signing
from django.core.cache import caches
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.utils import timezone

from analysis import news
from analysis.models import Subscriber
from analysis.models.news import last_day_to_confirm
from survey import exporting, filling
from survey.access import COOKIE_PATH
from survey.models import Questionnaire, Respondent
from tests.analysis.edition_report import ask as ask_questions
from tests.analysis.edition_report import everything, freeze, published
from tests.analysis.mailing import ASK, SITE, ask, link, subscriber, ticket
from tests.factories import EVERYTHING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.SITE_URL = SITE
    caches["news"].clear()
    yield
    caches["news"].clear()


@pytest.fixture
def finished(questionnaire, client):
    """A browser in which somebody has finished the questionnaire."""
    person, client.cookies["conumm_respondent"] = filling.start(questionnaire, EVERYTHING)
    filling.complete(person)
    return client


def test_an_address_is_asked_for_once_the_questionnaire_is_finished(questionnaire, client):
    person, client.cookies["conumm_respondent"] = filling.start(questionnaire, EVERYTHING)
    assert ticket(client) is None

    filling.complete(person)

    page = client.get("/questionnaire/merci/").content.decode()
    assert 'action="/nouvelles/"' in page
    assert "rien ne la relie à vos réponses" in page


def test_an_address_counts_once_its_owner_confirms_it(finished):
    asked = ask(finished)
    assert "Si anne@example.org n’a pas reçu de message depuis une heure" in asked.content.decode()
    assert mail.outbox[0].to == ["anne@example.org"]
    assert mail.outbox[0].message()["Message-ID"].endswith("@conumm.example>")
    assert not Subscriber.objects.confirmed().exists()

    address = link("confirmer")
    page = finished.get(address).content.decode()
    assert "<button" in page
    assert not Subscriber.objects.confirmed().exists()

    for _ in range(2):
        assert "C’est confirmé" in finished.post(address).content.decode()
    assert Subscriber.objects.confirmed().get().email == "anne@example.org"


def test_a_link_to_confirm_serves_to_its_last_day(finished):
    ask(finished)
    address = link("confirmer")
    day = timezone.localdate()

    Subscriber.objects.update(expires_on=day)
    assert finished.get(address).status_code == 200
    Subscriber.objects.update(expires_on=day - timedelta(days=1))

    for answer in (finished.get(address), finished.post(address)):
        assert answer.status_code == 410
        assert "Ce lien ne sert plus" in answer.content.decode()
    news.forget_unconfirmed()
    assert not Subscriber.objects.exists()


def test_what_was_confirmed_is_not_forgotten(finished):
    ask(finished)
    finished.post(link("confirmer"))

    news.forget_unconfirmed()

    assert Subscriber.objects.confirmed().count() == 1


def test_leaving_erases_the_address_and_twice_is_once(finished):
    ask(finished)
    finished.post(link("confirmer"))
    address = link("quitter")
    assert "Effacer mon adresse" in finished.get(address).content.decode()
    assert Subscriber.objects.exists()

    for _ in range(2):
        left = finished.post(address)
        assert (left.status_code, "Adresse effacée" in left.content.decode()) == (200, True)

    assert not Subscriber.objects.exists()
    assert finished.post(link("confirmer")).status_code == 410


def test_mail_software_leaves_in_one_click():
    person = subscriber()
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(person.leaving_path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not Subscriber.objects.exists()


def test_whoever_asks_gets_the_same_page_and_a_mail_known_or_not(finished):
    unknown = ask(finished).content
    Subscriber.objects.update(expires_on=None, confirmed_in=timezone.localdate())
    caches["news"].clear()

    known = ask(finished).content

    assert known == unknown
    assert len(mail.outbox) == 2
    assert "Elle l’est déjà" in mail.outbox[1].body
    assert link("quitter") == link("quitter", mail.outbox[0])


def test_one_mail_an_hour_goes_to_an_address_and_the_page_does_not_say(finished):
    first = ask(finished)
    again = ask(finished, "Anne@EXAMPLE.org")

    assert len(mail.outbox) == 1
    assert again.content.decode().replace("Anne@EXAMPLE.org", "anne@example.org") == (
        first.content.decode()
    )


def test_three_mails_a_day_go_to_an_address(finished):
    for _ in range(5):
        ask(finished)
        news.limits.forget("hour", "anne@example.org")

    assert len(mail.outbox) == 3


def test_one_inbox_is_one_address_whatever_follows_a_plus(finished):
    for n in range(5):
        assert ask(finished, f"victime+{n}@example.org").status_code == 200

    assert len(mail.outbox) == 1


def test_the_whole_site_sends_so_many_mails_an_hour(finished, settings):
    settings.NEWS_IN_ALL_PER_HOUR = 2
    statuses = [
        ask(finished, f"a{n}@example.org", REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(3)
    ]

    assert statuses == [200, 200, 429]
    assert len(mail.outbox) == 2


def test_whoever_left_by_mistake_comes_back_at_once(finished):
    ask(finished)
    finished.post(link("quitter"))

    ask(finished)

    assert len(mail.outbox) == 2
    assert "C’est confirmé" in finished.post(link("confirmer")).content.decode()


@pytest.mark.parametrize(
    "sent",
    ["", "abc", signing.TimestampSigner().sign("abc")],
    ids=["nothing", "not signed", "signed for something else"],
)
def test_without_the_ticket_of_the_last_page_nothing_is_sent(finished, sent):
    refused = finished.post(ASK, {"email": "anne@example.org", "ticket": sent})

    assert refused.status_code == 403
    assert "à la fin du questionnaire" in refused.content.decode()
    assert (mail.outbox, Subscriber.objects.count()) == ([], 0)


def test_a_ticket_serves_three_times_and_a_few_hours(finished, monkeypatch):
    given = ticket(finished)
    statuses = [
        finished.post(ASK, {"email": f"a{n}@example.org", "ticket": given}).status_code
        for n in range(4)
    ]
    assert statuses == [200, 200, 200, 403]

    fresh = ticket(finished)
    monkeypatch.setattr(news, "TICKET_HOURS", -1)
    assert finished.post(ASK, {"email": "b@example.org", "ticket": fresh}).status_code == 403


def test_a_ticket_says_nothing_of_who_finished(finished):
    person = Respondent.objects.get()
    first, second = ticket(finished), ticket(finished)

    assert first != second
    # A random number, a time, a signature.
    assert [len(part) for part in first.split(":")] == [16, 6, 43]
    assert finished.cookies["conumm_respondent"].value not in first
    assert person.token_hash not in first


def test_one_place_asks_so_many_times_an_hour(finished, settings):
    settings.NEWS_PER_HOUR = 2
    statuses = [ask(finished, f"a{n}@example.org").status_code for n in range(3)]

    assert statuses == [200, 200, 429]
    assert ask(finished, "b@example.org", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        *("", "anne", "anne@", "@example.org", "anne@localhost", "anne@[192.0.2.1]"),
        *('"anne"@example.org', "anne@example.org\r\nBcc: b@example.org", "anne@ex ample.org"),
        *("a@example.org, b@example.org", "Anne <anne@example.org>", "élise@example.org"),
        *(f"{'a' * 245}@example.org", f"a@{'é' * 70}.fr", "anne@example.org\x00"),
    ],
)
def test_what_is_no_address_is_said_and_kept_in_the_field(finished, typed):
    refused = ask(finished, typed)

    assert refused.status_code == 400
    page = refused.content.decode()
    assert 'role="alert"' in page
    assert 'name="ticket" value=""' not in page
    assert (mail.outbox, Subscriber.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Anne.Durand+Conumm@Example.ORG ", "anne.durand+conumm@example.org"),
        ("anne@médiation.fr", "anne@xn--mdiation-b1a.fr"),
        ("o'brien@example.org", "o'brien@example.org"),
    ],
)
def test_an_address_is_stored_as_servers_write_it(finished, typed, stored):
    ask(finished, typed)

    assert Subscriber.objects.get().email == stored
    assert mail.outbox[0].message()["To"] == stored


def test_a_mail_that_cannot_leave_is_said_and_may_be_asked_for_again(finished, monkeypatch):
    def fail(*_):
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    failed = ask(finished)
    assert failed.status_code == 503
    page = failed.content.decode()
    assert "Le message n’a pas pu partir." in page
    assert 'value="anne@example.org"' in page

    monkeypatch.undo()
    assert ask(finished).status_code == 200
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("code", "status", "said", "kept"),
    [(550, 400, "vérifiez-la", 0), (451, 503, "Recommencez dans quelques minutes", 1)],
)
def test_an_address_that_the_server_refuses_is_to_be_checked_or_tried_later(
    finished, monkeypatch, code, status, said, kept
):
    def refuse(*_):
        raise SMTPRecipientsRefused({"anne@example.org": (code, b"No")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)

    refused = ask(finished)

    assert refused.status_code == status
    assert said in refused.content.decode()
    assert Subscriber.objects.count() == kept


def test_the_pages_set_no_cookie_and_tell_no_other_site(finished):
    ask(finished)
    addresses = (ASK, link("confirmer"), link("quitter"))
    finished.cookies.clear()

    for address in addresses:
        answer = finished.get(address)
        assert not answer.cookies
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex"


def test_the_address_is_sent_where_the_personal_link_does_not_go():
    assert not ASK.startswith(COOKIE_PATH)


def test_nothing_of_a_respondent_is_kept_with_an_address():
    kept = {field.name for field in Subscriber._meta.get_fields()}

    assert kept == {"id", "key", "email", "expires_on", "confirmed_in"}
    person = subscriber()
    assert (person.key.version, person.confirmed_in.day) == (4, 1)


def test_the_database_files_addresses_in_no_order_of_asking():
    asked = [subscriber(f"a{n}@example.org").pk for n in range(12)]

    assert asked != sorted(asked)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM analysis_subscriber WHERE rowid != id")
            assert cursor.fetchall() == []


@pytest.mark.parametrize("day", range(23, 30))
def test_whoever_asks_in_one_week_is_erased_on_one_day(monkeypatch, day):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, day))

    assert last_day_to_confirm() == date(2026, 12, 6)


def test_the_moment_of_confirming_is_kept_as_a_month(finished):
    ask(finished)
    finished.post(link("confirmer"))

    person = Subscriber.objects.get()
    assert person.confirmed_in == timezone.localdate().replace(day=1)
    assert person.expires_on is None


def test_no_address_is_written_in_the_log_or_in_the_cache(finished, caplog):
    with caplog.at_level(logging.DEBUG):
        ask(finished, REMOTE_ADDR="192.0.2.77")
        finished.post(link("confirmer"))

    kept = caplog.text + str(vars(caches["news"]))
    assert "anne" not in kept
    assert "192.0.2.77" not in kept


def test_an_address_changes_nothing_of_what_is_public_or_exported(client, monkeypatch):
    ask_questions(monkeypatch)
    published()
    freeze()
    before = (everything(client), exported())

    subscriber()
    Subscriber.objects.create(email="blaise@example.org")

    assert (everything(client), exported()) == before


def exported():
    every = exporting.as_json(Questionnaire.objects.current(), Respondent.objects.all())
    # Without its head, which says when.
    return list(every)[1:]
