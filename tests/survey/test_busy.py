"""While SQLite's one writer writes for long: whoever waits too long is asked to try again."""

import pytest
from django.db import OperationalError, connection

from survey import filling
from survey.importing import bringing, files
from survey.models import Respondent
from tests.limesurvey import bring_in, response, responses_file

LOCKED = OperationalError("database is locked")
AGREED = {"participate": "on"}


@pytest.fixture
def failing(client, questionnaire, monkeypatch):
    """A client whose answers fail to be stored, for the reason that it is given."""

    def because(error):
        def fail(*args):
            raise error

        monkeypatch.setattr(filling, "start", fail)
        client.raise_request_exception = False
        return client

    return because


def test_whoever_waits_too_long_is_asked_to_try_again(failing):
    page = failing(LOCKED).post("/questionnaire/", AGREED)

    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert "Le site est occupé" in page.content.decode()


def test_the_api_says_so_in_json(failing):
    answer = failing(LOCKED).post(
        "/api/v1/respondents/", {"consents": {"participate": True}}, content_type="application/json"
    )

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer.json()["code"] == "busy"


def test_another_failure_of_the_database_stays_one_of_ours(failing):
    page = failing(OperationalError("disk I/O error")).post("/questionnaire/", AGREED)

    assert page.status_code == 500


@pytest.mark.django_db(transaction=True)
def test_nobody_is_locked_out_while_a_file_is_read(questionnaire, monkeypatch):
    locked = []
    read = files.read

    def watched(content):
        locked.append(connection.in_atomic_block)
        return read(content)

    monkeypatch.setattr(bringing.files, "read", watched)

    bring_in(responses_file(response(1)))

    assert locked == [False]
    assert Respondent.objects.count() == 1
