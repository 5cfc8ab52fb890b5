"""Files that are no export as they stand: each is told in words, and nothing is imported."""

import json

import pytest
from django.core.management import CommandError, call_command

from survey.importing.files import FileError
from survey.models import Respondent
from tests import factories
from tests.exported import CSV, bring_in, emptied, exported
from tests.factories import moderator
from tests.limesurvey import problems, response, responses_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questionnaire")]


def data():
    factories.respondent({"freins": "Le bruit", "type": {"choice": "autre", "other": "Péniche"}})
    found = json.loads(exported())
    emptied()
    return found


def sent(found):
    return problems(bring_in(json.dumps(found).encode(), moderator()))


@pytest.mark.parametrize("respondents", [None, {}, 1])
def test_an_export_without_its_list_of_responses_is_told(respondents):
    with pytest.raises(FileError, match="Il manque à ce fichier la liste des réponses"):
        sent(data() | {"respondents": respondents})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"a": ' + b"[" * 100_000, "pas du JSON que l’on puisse lire"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "pas du JSON que l’on puisse lire"),
        (b'{"a" 1}', "pas du JSON valable .ligne 1, colonne 6."),
        (b'{"a": "\xe9"}', "pas en UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_without_a_word_of_python(content, told):
    with pytest.raises(FileError, match=told):
        bring_in(content)


@pytest.mark.parametrize("person", [None, [], "un", 3])
def test_what_is_no_response_is_told_without_a_word_of_python(person):
    assert sent(data() | {"respondents": [person]}) == [
        "elle n’a pas la forme d’une réponse exportée. [réponse n°1]"
    ]


def test_a_response_that_lacks_something_is_told_what():
    found = data()
    del found["respondents"][0]["started_at"]

    assert sent(found) == [
        "elle n’a pas la forme d’une réponse exportée : il y manque « started_at ». [réponse n°1]"
    ]


@pytest.mark.parametrize(
    ("question", "choice", "place"),
    [
        ("toit", None, "toit"),
        ("site", None, "site"),
        ("duree", None, "duree"),
        ("type", "mairie", "type.mairie"),
    ],
)
def test_a_decision_on_no_text_is_told(question, choice, place):
    found = data()
    decided = {"verdict": "rejected", "public_text": ""}
    found["respondents"][0]["texts"].append({"question": question, "choice": choice} | decided)

    assert sent(found) == [f"colonne « {place} » : il n’y a pas de texte à cet endroit. [#1]"]


def test_our_csv_saved_in_windows_1252_is_told_to_be_no_utf_8(tmp_path):
    factories.respondent({"freins": "Les écrans"})
    file = tmp_path / "reponses.csv"
    file.write_bytes(exported(CSV).decode("utf-8-sig").encode("cp1252"))

    with pytest.raises(CommandError, match="pas en UTF-8"):
        call_command("import_responses", file)


def test_any_file_is_told_to_be_no_utf_8_before_it_is_asked_for_a_mapping(tmp_path):
    file = tmp_path / "reponses.csv"
    file.write_bytes(responses_file(response(1, {"Q6": "é"})).decode().encode("utf-16"))

    with pytest.raises(CommandError, match="pas en UTF-8"):
        call_command("import_responses", file)
    assert not Respondent.objects.exists()
