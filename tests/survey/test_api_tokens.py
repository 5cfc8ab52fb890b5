"""The API's tokens: without one nothing is read, and they are told to nobody; and its throttles."""

import logging
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from survey import filling
from survey.api.throttling import WriteThrottle
from survey.models import Respondent
from tests.calling import ALL_CONSENTS, ANSWERS, API, save, send
from tests.factories import EVERYTHING

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_throttles():
    cache.clear()


@pytest.fixture
def started(questionnaire):
    return filling.start(questionnaire, EVERYTHING)


@pytest.fixture
def bearer(started):
    return {"headers": {"Authorization": f"Bearer {started[1]}"}}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "not_authenticated"),
        ("Basic YTpi", "not_authenticated"),
        ("Bearer", "invalid_token"),
        ("Bearer ", "invalid_token"),
        ("Bearer nobody", "invalid_token"),
        ("Bearer a b c", "invalid_token"),
        ("Bearer \x00é", "invalid_token"),
    ],
)
def test_without_a_right_token_nothing_is_read(client, started, header, code):
    response = client.get(ANSWERS, headers={"Authorization": header} if header else {})

    assert (response.status_code, response.json()["code"]) == (401, code)
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response["Cache-Control"] == "no-store"


def test_a_token_is_neither_logged_nor_sent_back(client, started, bearer, caplog):
    caplog.set_level(logging.DEBUG)

    responses = [
        save(client, bearer, 0, {"type": "mairie", "duree": "douze"}),
        save(client, bearer, 0, {"type": "mairie"}),
        client.get(f"{API}nowhere/", **bearer),
        client.delete(f"{API}respondents/me/", **bearer),
        client.get(ANSWERS, **bearer),
    ]

    assert [r.status_code for r in responses] == [400, 200, 404, 204, 401]
    assert started[1] not in caplog.text
    assert not any(started[1].encode() in r.content for r in responses)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("patch", ANSWERS),
        ("post", f"{API}respondents/me/complete/"),
        ("delete", f"{API}respondents/me/"),
    ],
)
def test_answers_erased_meanwhile_are_as_an_unknown_token(
    client, bearer, monkeypatch, method, address
):
    find = filling.find

    def find_and_lose(token):
        person = find(token)
        filling.withdraw(find(token))
        return person

    monkeypatch.setattr(filling, "find", find_and_lose)
    body = {"version": 0, "answers": {"type": "mairie"}}

    response = send(client, method, address, body, **bearer)

    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")


def test_writes_are_throttled_and_reads_are_not(client, started, bearer, monkeypatch):
    monkeypatch.setattr(WriteThrottle, "THROTTLE_RATES", {"write": "2/min", "start": "1/hour"})

    saved = [save(client, bearer, 0, {}).status_code for _ in range(3)]
    refused = save(client, bearer, 0, {"type": "mairie"})

    assert saved == [200, 200, 429]
    assert refused.json()["code"] == "throttled"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert client.get(ANSWERS, **bearer).json()["answers"]["type"] is None


def test_starting_is_throttled_by_address_and_keeps_none(client, questionnaire, monkeypatch):
    monkeypatch.setattr(WriteThrottle, "THROTTLE_RATES", {"write": "9/min", "start": "2/hour"})

    kept = []
    remember = cache.set
    monkeypatch.setattr(
        WriteThrottle,
        "cache",
        SimpleNamespace(get=cache.get, set=lambda *a: kept.append(a) or remember(*a)),
    )

    def start(address):
        body = {"consents": ALL_CONSENTS}
        return send(client, "post", f"{API}respondents/", body, REMOTE_ADDR=address).status_code

    assert [start("192.0.2.7") for _ in range(3)] == [201, 201, 429]
    assert start("192.0.2.8") == 201
    assert Respondent.objects.count() == 3
    assert len(kept) == 3
    assert "192.0.2" not in str(kept)
