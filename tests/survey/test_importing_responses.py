"""Who a response is: its number, its dates, what was agreed to; what a mapping may say."""

from datetime import datetime, timedelta, timezone
from io import StringIO

import pytest
from django.core.management import call_command

from survey.importing import mapping
from survey.importing.mapping import MappingError
from survey.models import Answer, Respondent
from tests.factories import STRUCTURE
from tests.limesurvey import (
    COLUMNS,
    FACTS,
    MAPPING,
    bring_in,
    problems,
    remarks,
    response,
    responses_file,
    written_csv,
    written_vv,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questionnaire")]

PARIS_IN_WINTER = timezone(timedelta(hours=1))
TICKED = {"Q2[SQ001]": "Y"}


def dated(submitted="", started="", updated="", number="1"):
    """A file of one response that keeps these dates."""
    headings = ["id", "submitdate", "startdate", "datestamp", "Q0"]
    return written_csv(headings, [[number, submitted, started, updated, "Le lieu"]])


ONLY_NAME = """
consents: {participate: true, publish_texts: false, name_structure: false}
questions:
  nom: {column: Q0}
"""


def at(hour, day=3):
    return datetime(2021, 2, day, hour, tzinfo=PARIS_IN_WINTER)


@pytest.mark.parametrize(
    ("dates", "started", "completed"),
    [
        (("2021-02-03 12:00:00", "2021-02-03 11:00:00", "2021-02-03 12:00:00"), at(11), at(12)),
        (("", "2021-02-03 11:00:00", "2021-02-04 12:00:00"), at(11), None),
        (("2021-02-03 12:00:00",), at(12), at(12)),
        (("1980-01-01 00:00:00", "2021-02-03 11:00:00", "2021-02-04 12:00:00"), at(11), at(12, 4)),
        (("1980-01-01 00:00:00", "1980-01-01 00:00:00"), at(0, 1), at(0, 1)),
    ],
)
def test_a_response_is_complete_when_submitted_and_keeps_its_real_dates(dates, started, completed):
    trial = bring_in(dated(*dates), f"undated: 2021-02-01\n{ONLY_NAME}")

    assert problems(trial) == []
    person = Respondent.objects.get()
    assert (person.started_at, person.completed_at) == (started, completed)


def test_a_response_without_any_date_wants_the_mapping_to_give_a_day():
    trial = bring_in(dated("1980-01-01 00:00:00"), ONLY_NAME)

    assert problems(trial) == ["aucune date n’est connue : donnez un jour sous « undated ». [#1]"]


@pytest.mark.parametrize("nothing", ["NULL", None])
def test_a_vv_file_leaves_the_date_of_an_incomplete_response_out(nothing):
    headings = ["id", "submitdate", "startdate", "Q0"]
    content = written_vv(headings, [["1", nothing, "2021-02-03 11:00:00", "Le lieu"]])

    bring_in(content, ONLY_NAME)

    assert Respondent.objects.get().completed_at is None


def test_a_date_that_is_none_is_told():
    trial = bring_in(dated("hier"), ONLY_NAME)

    assert problems(trial) == [
        "colonne « submitdate », « hier » : ce n’est pas une date ; "
        "LimeSurvey écrit 2021-02-01 14:32:00. [#1]"
    ]


def test_numbers_are_kept_and_zero_is_one():
    bring_in(responses_file(response(0, TICKED), response(32, TICKED)))

    assert list(Respondent.objects.values_list("number", flat=True)) == [0, 32]


@pytest.mark.parametrize("number", ["", "abc", "-1", "1.5", "³"])
def test_what_is_no_number_is_told(number):
    trial = bring_in(dated("2021-02-03 12:00:00", number=number), ONLY_NAME)

    [problem] = problems(trial)
    assert problem.endswith("ce n’est pas un numéro de réponse. [ligne 2]")


def test_a_number_given_twice_is_told():
    trial = bring_in(responses_file(response(7, TICKED), response(7, TICKED)))

    assert problems(trial) == ["colonne « id », « 7 » : ce numéro est donné deux fois. [ligne 3]"]


def test_a_line_with_too_few_cells_is_told():
    trial = bring_in(responses_file(response(7, TICKED), ["8", "2021-02-03 12:00:00"]))

    assert problems(trial) == ["il n’y a pas autant de cellules que de colonnes. [ligne 3]"]


def test_one_problem_keeps_every_response_out():
    trial = bring_in(responses_file(response(1, TICKED), response(2, {"Q1": "A9"})))

    assert trial.done is None
    assert not Respondent.objects.exists()


def test_imported_texts_are_pending():
    bring_in(responses_file(response(1, TICKED | {"Q0": "Le lieu", "Q6": "Le temps"})))

    texts = Answer.objects.exclude(text="").values_list("text", "verdict")
    assert set(texts) == {("Le lieu", "pending"), ("Le temps", "pending")}


CONSENTING = """
consents:
  participate: {column: "C[1]"}
  publish_texts: {column: "C[2]", agreed: [A1], refused: [A2]}
  name_structure: false
undated: 2021-02-01
questions:
  nom: {column: Q0}
"""


def consenting(*cells):
    rows = [[str(number), *row, "Le lieu"] for number, row in enumerate(cells)]
    return written_csv(["id", "C[1]", "C[2]", "Q0"], rows)


def test_consents_are_what_their_columns_say():
    trial = bring_in(consenting(("Y", "A1"), ("Oui", "A2"), ("Y", ""), ("Y", "Oui")), CONSENTING)

    assert problems(trial) == []
    agreed = Respondent.objects.values_list("agreed_to_publish", "agreed_to_name_structure")
    assert list(agreed) == [(True, False), (False, False), (False, False), (True, False)]


@pytest.mark.parametrize("refusal", ["", "N", "Non", "N/A"])
def test_nobody_is_imported_without_agreeing_to_take_part(refusal):
    trial = bring_in(consenting(("Y", "A1"), (refusal, "A1")), CONSENTING)

    assert remarks(trial) == ["sans accord pour participer : laissé de côté. [#1]"]
    assert [person.number for person in Respondent.objects.all()] == [0]


def test_an_unknown_code_is_never_taken_for_a_consent():
    trial = bring_in(consenting(("Y", "A3")), CONSENTING)

    assert problems(trial) == [
        "colonne « C[2] », « A3 » : dites sous « agreed » ou « refused » si c’est un accord. [#0]"
    ]


def test_columns_of_the_file_that_the_mapping_forgets_and_the_reverse_are_told():
    content = written_csv([*FACTS, *COLUMNS[1:], "Q77"], [[*response(1)[:5], *[""] * len(COLUMNS)]])

    assert problems(bring_in(content))[:2] == [
        "colonne « Q77 » : elle n’a pas de place dans la correspondance ; donnez-la à une "
        "question, ou mettez-la sous « ignored ».",
        "colonne « Q0 » : elle n’est pas dans le fichier.",
    ]
    assert "Q77" not in str(problems(bring_in(content, f"ignored: [Q77]\n{MAPPING}")))


def test_personal_columns_are_stored_nowhere():
    content = written_csv(
        ["id", "token", "submitdate", "ipaddr", "refurl", "Q0"],
        [["1", "s3cret", "2021-02-03 12:00:00", "192.0.2.7", "https://example.org", "Le lieu"]],
    )

    trial = bring_in(content, ONLY_NAME)

    assert problems(trial) == []
    stored = StringIO()
    call_command("dumpdata", "survey", stdout=stored)
    assert "Le lieu" in stored.getvalue()
    for secret in ("s3cret", "192.0.2.7", "example.org"):
        assert secret not in stored.getvalue()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("questions: {nom: {column: Q0}}", "consents.participate\u00a0: dites true, false"),
        (
            "questions: {inconnue: {column: Q0}}",
            "questions.inconnue\u00a0: cette question",
        ),
        ("questions: {nom: {columns: {Q0: x}}}", "s’écrit avec «\u00a0column\u00a0»"),
        ("questions: {nom: {}}", "questions.nom.column\u00a0: il faut un texte"),
        ("questions: {publics: {ranks: []}}", "nommez au moins une colonne"),
        ("questions: {outils: {columns: {A: velo}}}", "'velo' n’est pas un de ses choix"),
        ("questions: {outils: {columns: {A: null}}}", "dites quel choix c’est"),
        ("questions: {type: {column: A, others: {B: mairie}}}", "n’est pas un de ses choix"),
        ("questions: {type: {column: A, choices: {1: mairie}}}", "mettez 1 entre guillemets"),
        (
            "questions: {nom: {column: A}, site: {column: A}}",
            "colonne est placée deux",
        ),
        ("questions: {nom: {column: token}}", "token\u00a0: cette colonne est lue, ou écartée"),
        ("questions: {outils: {columns: {A: aucun}, none_ticked: rien}}", "ni un choix ni 'na'"),
        ("undated: hier", "undated\u00a0: 'hier' n’est pas un jour"),
        ("ingored: [A]", "correspondance.ingored\u00a0: clé inconnue"),
        ("consents: {participate: oui}", "consents.participate\u00a0: il faut des clés"),
        ("consents: {participate: {agreed: [A]}}", "consents.participate.column"),
        ("- a", "il faut des clés et des valeurs"),
        ("a: [", "pas du YAML valable"),
        ("ignored: []\nignored: []", "stands twice"),
    ],
)
def test_a_mapping_that_says_what_cannot_be_is_refused_with_its_place(text, problem):
    with pytest.raises(MappingError, match=problem.replace("[", r"\[").replace("(", r"\(")):
        mapping.read(text, STRUCTURE)
