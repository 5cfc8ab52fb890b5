"""Whatever is sent, the API answers in JSON, says what is wrong, and saves nothing of it."""

import json

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import filling
from survey.models import Answer
from tests.factories import EVERYTHING

pytestmark = pytest.mark.django_db

ANSWERS = "/api/v1/respondents/me/answers/"
START = "/api/v1/respondents/"
HUGE = 10**80


@pytest.fixture(autouse=True)
def _fresh_throttles():
    cache.clear()


@pytest.fixture
def bearer(questionnaire):
    _, token = filling.start(questionnaire, EVERYTHING)
    return {"headers": {"Authorization": f"Bearer {token}"}}


def patch(client, bearer, body, content_type="application/json"):
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.patch(ANSWERS, data, content_type=content_type, **bearer)


def save(client, bearer, answers, version=0):
    return patch(client, bearer, {"version": version, "answers": answers})


@pytest.mark.parametrize(
    ("code", "value", "message"),
    [
        ("nowhere", "oui", "Cette question n’existe pas."),
        ("", "oui", "Cette question n’existe pas."),
        ("\x00", "oui", "Cette question n’existe pas."),
        ("type", "palais", "« palais » n’est pas un choix de cette question."),
        ("type", True, "Donnez le code d’un choix, entre guillemets."),
        ("type", {"choice": "mairie", "other": "x"}, "Une précision ne va qu’avec « Autre »"),
        ("type", {"choix": "mairie"}, "Un choix s’écrit {choice, other}."),
        ("type", {"choice": "autre", "other": "\x00"}, "caractère nul"),
        ("outils", "ordinateur", "Donnez une liste de choix."),
        ("outils", ["ordinateur", "aucun"], "ne va avec aucun autre choix"),
        ("outils", ["ordinateur", "ordinateur"], "Le même choix est donné deux fois."),
        ("publics", ["seniors", "jeunes", "seniors"], "Le même choix est donné deux fois."),
        ("publics", {"seniors": 1}, "Donnez une liste de choix."),
        ("publics", [["seniors"]], "Donnez le code d’un choix, entre guillemets."),
        ("duree", 601, "Donnez un nombre entre 1 et 600."),
        ("duree", 0, "Donnez un nombre entre 1 et 600."),
        ("duree", -HUGE, "Donnez un nombre entre 1 et 600."),
        ("duree", float("nan"), "Écrivez un nombre"),
        ("duree", float("-inf"), "Écrivez un nombre"),
        ("duree", True, "Écrivez un nombre"),
        ("duree", "1e400", "Donnez un nombre entre 1 et 600."),
        ("duree", "sNaN", "Écrivez un nombre"),
        ("duree", 1.2345, "Trois décimales au plus."),
        ("duree", [90], "Écrivez un nombre"),
        ("freins", "le\x00temps", "caractère nul"),
        ("freins", "\ud800", "caractère invalide"),
        ("freins", "x" * 20_001, "20 001 caractères"),
        ("freins", ["le temps"], "Écrivez un texte."),
        ("site", 5, "Écrivez un texte."),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_saved(client, bearer, code, value, message):
    response = save(client, bearer, {"tiers_lieu": "oui", code: value})

    assert response.status_code == 400
    body = response.json()
    assert (body["code"], body["status"]) == ("invalid_answers", 400)
    assert list(body["errors"]) == [code]
    assert message in body["errors"][code][0].replace("\xa0", " ").replace("\u202f", " ")
    assert not Answer.objects.exists()


def test_every_wrong_answer_is_named_at_once(client, bearer):
    response = save(client, bearer, {"type": "palais", "duree": 0, "tiers_lieu": "oui"})

    assert response.json()["errors"].keys() == {"type", "duree"}


def test_a_text_of_20_000_characters_is_saved_whole(client, bearer):
    text = "é" * 20_000

    assert save(client, bearer, {"freins": text}).json()["answers"]["freins"] == text


@pytest.mark.parametrize("digits", [101, 400, 5_000, 100_000])
def test_an_endless_integer_is_refused_by_its_question(client, bearer, digits):
    body = '{"version": 0, "answers": {"duree": %s}}' % ("9" * digits)

    response = patch(client, bearer, body)

    assert (response.status_code, list(response.json()["errors"])) == (400, ["duree"])


@pytest.mark.parametrize("version", ["0", -1, True, False, None, 1.0, [0], {}, "zéro", 1, HUGE])
def test_a_version_that_is_none_is_refused(client, bearer, version):
    response = save(client, bearer, {"type": "mairie"}, version=version)

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["version"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("answers", [[], [["type", "mairie"]], "type", 5, True, None])
def test_answers_that_are_no_object_are_refused(client, bearer, answers):
    response = save(client, bearer, answers)

    assert (response.status_code, response.json()["code"]) == (400, "invalid_answers")
    assert list(response.json()["errors"]) == ["answers"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["version", "answers"]),
        ({"version": 0}, ["answers"]),
        ({"answers": {}}, ["version"]),
        ({"type": "mairie"}, ["version", "answers"]),
    ],
)
def test_what_is_missing_is_named(client, bearer, body, fields):
    response = patch(client, bearer, body)

    assert (response.status_code, list(response.json()["errors"])) == (400, fields)


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe{}",
        b'{"version": 0, "answers": {"freins": "\xe9t\xe9"}}',
        b"{",
        b"[]",
        b"null",
        b"5",
        b'"texte"',
        b"version=0",
        b'{"version": 0, "answers": {"type": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        b'{"version": 0, "answers": {"type": ' + b"[" * 600 + b"]" * 600 + b"}}",
        b'{"version": 0, "answers": {"type": ' + b'{"choice":' * 30 + b"1" + b"}" * 30 + b"}}",
    ],
)
def test_a_body_that_is_no_sane_json_object_is_refused(client, bearer, body):
    response = patch(client, bearer, body)

    assert (response.status_code, response.json()["code"]) == (400, "parse_error")
    assert list(response.json()["errors"]) == ["body"]
    assert not Answer.objects.exists()


def test_a_body_past_the_limit_is_refused_unread(client, bearer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000

    response = save(client, bearer, {"freins": "x" * 1_000})

    assert (response.status_code, response.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "é", ""],
)
def test_only_json_is_read(client, bearer, content_type):
    response = patch(client, bearer, '{"version": 0, "answers": {}}', content_type)

    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "utf-16", "rot13", "bz2", "nowhere"])
def test_json_is_read_as_utf_8_whatever_is_announced(client, bearer, charset):
    body = '{"version": 0, "answers": {"freins": "été"}}'.encode()

    response = patch(client, bearer, body, f"application/json; charset={charset}")

    assert response.json()["answers"]["freins"] == "été"


def test_what_was_sent_is_quoted_short_and_readable(client, bearer):
    response = save(client, bearer, {"type": "\ud800" + "x" * 100_000, "\udfff": 1})

    assert response.status_code == 400
    assert response.json()["errors"].keys() == {"type", "?"}
    assert len(response.content) < 2_000


def test_a_question_that_is_not_asked_is_still_saved(client, bearer):
    response = save(client, bearer, {"tiers_lieu": "non", "forme": "de_fait"})

    assert response.json()["answers"]["forme"] == "de_fait"


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("get", "/api/v1/nowhere/", 404, "not_found"),
        ("post", "/api/", 404, "not_found"),
        ("delete", "/api/v2/questionnaire/", 404, "not_found"),
        ("get", "/api/v1/questionnaire", 404, "not_found"),
        ("get", "/api/v1/%00/", 404, "not_found"),
        ("post", "/api/v1/questionnaire/", 405, "method_not_allowed"),
        ("get", START, 405, "method_not_allowed"),
        ("put", "/api/v1/schema/", 405, "method_not_allowed"),
        ("post", "/api/v1/docs/", 405, "method_not_allowed"),
    ],
)
def test_errors_have_one_shape(client, questionnaire, method, address, status, code):
    response = getattr(client, method)(address)

    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert response.json().keys() == {"code", "status", "detail"}
    assert (response.json()["code"], response.json()["status"]) == (code, status)


def test_a_failure_of_ours_is_json_too_and_is_not_explained(client, questionnaire, monkeypatch):
    def fail(*args):
        raise RuntimeError("password")

    monkeypatch.setattr(filling, "start", fail)
    client.raise_request_exception = False

    response = client.post(
        START, {"consents": {"participate": True}}, content_type="application/json"
    )

    assert response.status_code == 500
    assert response.json()["code"] == "server_error"
    assert b"password" not in response.content


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["oui", "mairie", "autre", "seniors", "ordinateur", "90", "1e9", "\x00"])
)
garbage = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["choice", "other", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)
codes = st.sampled_from(
    ["nom", "type", "tiers_lieu", "forme", "outils", "publics", "duree", "humeur", "freins", "site"]
) | st.text(max_size=5)
fuzz = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@fuzz
@given(version=st.just(0) | garbage, answers=st.dictionaries(codes, garbage, max_size=5) | garbage)
def test_garbage_is_saved_whole_or_refused_whole(client, bearer, version, answers):
    cache.clear()
    before = client.get(ANSWERS, **bearer).json()

    response = patch(client, bearer, {"version": version, "answers": answers})

    after = client.get(ANSWERS, **bearer).json()
    assert response.status_code in (200, 400, 409)
    if response.status_code == 200:
        assert response.json() == after
    else:
        assert after == before
        assert response.json()["errors" if response.status_code == 400 else "conflicts"]


@fuzz
@given(body=st.binary(max_size=60) | garbage.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_answered_and_nobody_starts_by_accident(client, questionnaire, body):
    cache.clear()

    response = client.post(START, body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["errors"]
