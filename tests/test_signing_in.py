"""How many passwords one may try, and what is kept of it."""

import logging

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.core.cache import caches

pytestmark = pytest.mark.django_db

SIGN_IN = "/admin/login/"


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    caches["sign-in"].clear()
    yield
    caches["sign-in"].clear()


@pytest.fixture
def account():
    return User.objects.create_superuser("anne", password="la bonne phrase")


def sign_in(client, password, username="anne", **more):
    return client.post(SIGN_IN, {"username": username, "password": password}, **more)


def test_the_fifth_wrong_password_closes_the_account_and_says_what_to_do(client, account):
    statuses = [sign_in(client, "faux").status_code for _ in range(4)]
    refused = sign_in(client, "faux")

    assert statuses == [200, 200, 200, 200]
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    page = refused.content.decode()
    assert "5 fois pour ce compte" in page
    assert "15 minutes" in page
    assert sign_in(client, "la bonne phrase").status_code == 429


def test_an_account_that_is_closed_opens_again_after_a_while(client, account):
    for _ in range(5):
        sign_in(client, "faux")
    caches["sign-in"].clear()

    assert sign_in(client, "la bonne phrase").status_code == 302


def test_to_keep_trying_does_not_keep_an_account_closed(client, account, monkeypatch):
    for _ in range(5):
        sign_in(client, "faux")
    touched = []
    monkeypatch.setattr(type(caches["sign-in"]), "touch", lambda *_, **__: touched.append(1))

    sign_in(client, "faux")

    assert touched == []


def test_a_right_password_forgets_the_wrong_ones(client, account):
    for _ in range(2):
        for _ in range(4):
            sign_in(client, "faux")
        assert sign_in(client, "la bonne phrase").status_code == 302
        client.logout()


def test_an_account_that_is_closed_closes_no_other(client, account):
    User.objects.create_superuser("blaise", password="la bonne phrase")
    for _ in range(5):
        sign_in(client, "faux")

    assert sign_in(client, "la bonne phrase", "blaise").status_code == 302


def test_changing_address_gives_no_more_tries(client, account):
    for last in range(5):
        refused = sign_in(client, "faux", REMOTE_ADDR=f"192.0.2.{last}")

    assert refused.status_code == 429


def test_nothing_is_kept_of_who_tried_and_from_where(client, account, caplog):
    with caplog.at_level(logging.DEBUG):
        for _ in range(6):
            sign_in(client, "faux", REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Browser/9")
        sign_in(client, "la bonne phrase", REMOTE_ADDR="192.0.2.77")

    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()
    for kept in (caplog.text, str(vars(caches["sign-in"]))):
        assert "192.0.2.77" not in kept
        assert "Browser/9" not in kept
    assert "anne" not in caplog.text
