"""Every convention of LimeSurvey's cells, on the values that come out of them."""

import pytest

from survey import responses
from survey.models import Respondent
from tests.limesurvey import (
    COLUMNS,
    MAPPING,
    bring_in,
    problems,
    remarks,
    response,
    responses_file,
    try_out,
    vv_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questionnaire")]


def answer(code, cells, submitted="2021-02-03 10:20:30"):
    """What is stored of one response with these cells, beside what keeps it unambiguous."""
    trial = bring_in(responses_file(response(1, {"Q2[SQ003]": "", **cells}, submitted)))
    assert problems(trial) == []
    return responses.answers_of(Respondent.objects.get(number=1))[code]


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ({"Q1": "A2"}, "mairie"),
        ({"Q1": "Association"}, "association"),
        (
            {"Q1": "-oth-", "Q1[other]": "Une coopérative"},
            {"choice": "autre", "other": "Une coopérative"},
        ),
        (
            {"Q1": "Autre", "Q1[other]": "Une coopérative"},
            {"choice": "autre", "other": "Une coopérative"},
        ),
        ({"Q1": "-oth-"}, "autre"),
        ({"Q1": "", "Q1[other]": "NA"}, {"choice": "autre", "other": "NA"}),
        ({"Q1": ""}, None),
    ],
)
def test_a_single_choice_is_its_code_or_its_label_and_the_other_text(cells, value):
    assert answer("type", cells) == value


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ({"Q2[SQ001]": "Y", "Q2[SQ002]": "Y"}, ["ordinateur", "tablette"]),
        ({"Q2[SQ001]": "Oui", "Q2[SQ002]": "Non"}, ["ordinateur"]),
        ({"Q2[SQ001]": "Oui", "Q2[SQ002]": "N/A"}, ["ordinateur"]),
        ({"Q2[other]": "Un vélo"}, [{"choice": "autre", "other": "Un vélo"}]),
        ({"Q2[SQ001]": "Y", "Q2[other]": "NA"}, ["ordinateur", {"choice": "autre", "other": "NA"}]),
        ({"Q2[other]": "NA"}, [{"choice": "autre", "other": "NA"}]),
        ({"Q2[SQ003]": "Y"}, ["aucun"]),
    ],
)
def test_a_multiple_choice_is_its_ticks_and_the_other_text(cells, value):
    assert answer("outils", cells) == value


@pytest.mark.parametrize("blank", ["", "Non", "N/A", "NA"])
def test_nothing_ticked_on_an_incomplete_response_is_no_answer(blank):
    cells = dict.fromkeys(COLUMNS[5:8], blank) | {"Q0": "Le lieu"}
    trial = bring_in(responses_file(response(1, cells, submitted="")), MAPPING)

    assert responses.answers_of(Respondent.objects.get())["outils"] is None
    assert remarks(trial) == []


@pytest.mark.parametrize("blank", ["", "Non"])
def test_nothing_ticked_on_a_complete_response_is_told_to_be_ambiguous(blank):
    trial = bring_in(responses_file(response(1, dict.fromkeys(COLUMNS[5:8], blank))))

    assert responses.answers_of(Respondent.objects.get())["outils"] is None
    assert remarks(trial) == [
        "question outils : terminé sans rien cocher : compté sans réponse, faute de "
        "« none_ticked » (un choix, ou na). [#1]"
    ]


def test_a_question_that_was_not_shown_in_full_answers_is_not_ambiguous():
    cells = dict.fromkeys(COLUMNS[5:9], "N/A")

    assert remarks(bring_in(responses_file(response(1, cells)))) == []


@pytest.mark.parametrize(("said", "value"), [("aucun", ["aucun"]), ("na", None)])
def test_the_mapping_may_say_what_nothing_ticked_means(said, value):
    mapping = MAPPING.replace("  outils:\n", f"  outils:\n    none_ticked: {said}\n")

    trial = bring_in(responses_file(response(1)), mapping)

    assert responses.answers_of(Respondent.objects.get())["outils"] == value
    assert remarks(trial) == []


def test_nothing_ticked_in_a_question_that_a_condition_closes_is_explained(questionnaire):
    outils = questionnaire.questions.get(code="outils")
    outils.condition = {"question": "tiers_lieu", "any_of": ["oui"]}
    outils.save()
    closed, opened = response(1, {"Q4": "N"}), response(2, {"Q4": "Y", "Q7": "de_fait"})

    [remark] = remarks(try_out(responses_file(closed, opened)))

    assert remark.startswith("question outils : terminé sans rien cocher")
    assert remark.endswith("[#2]")


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["P2", "P1", ""], ["jeunes", "seniors"]),
        (["Enfants", "", ""], ["enfants"]),
        (["", "", ""], None),
    ],
)
def test_a_ranking_is_by_position(cells, value):
    assert answer("publics", dict(zip(COLUMNS[9:12], cells, strict=True))) == value


def test_columns_of_a_ranking_may_stop_at_the_highest_rank_used():
    row = response(1, {"Q3[1]": "P3", "Q2[SQ001]": "Y"})
    content = (
        responses_file(row).replace(b'"Q3[2]","Q3[3]",', b"").replace(b'"P3","","",', b'"P3",')
    )

    trial = bring_in(content)

    assert problems(trial) == []
    assert responses.answers_of(Respondent.objects.get())["publics"] == ["enfants"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("Y", "oui"), ("N", "non"), ("Oui", "oui"), ("Non", "non"), ("N/A", None), ("", None)],
)
def test_yes_and_no_are_said_short_or_in_full(cell, value):
    assert answer("tiers_lieu", {"Q4": cell, "Q7": ""}) == value


@pytest.mark.parametrize(("cell", "value"), [("12", 12), ("12.5", 12.5), ("", None)])
def test_a_number_is_a_decimal(cell, value):
    assert answer("duree", {"Q5": cell}) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("NA", "NA"), ("N/A", "N/A"), ("=1+1", "=1+1"), ("deux\nlignes", "deux\nlignes"), (" ", None)],
)
def test_a_text_is_kept_as_it_was_typed(cell, value):
    assert answer("freins", {"Q6": cell}) == value


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (
            {"Q1": "A9"},
            "colonne « Q1 », « A9 » : « A9 » n’est pas un choix de cette question. [#1]",
        ),
        (
            {"Q1": "NA"},
            "colonne « Q1 », « NA » : « NA » n’est pas un choix de cette question. [#1]",
        ),
        (
            {"Q1": "A1", "Q1[other]": "Un vélo"},
            "colonne « Q1[other] », « Un vélo » : cette précision accompagne un autre choix. [#1]",
        ),
        (
            {"Q2[SQ001]": "1"},
            "colonne « Q2[SQ001] », « 1 » : une case cochée s’écrit Y ou Oui. [#1]",
        ),
        (
            {"Q2[SQ001]": "Y", "Q2[SQ003]": "Y"},
            "colonne « Q2[SQ001] » : « Aucun » ne va avec aucun autre choix. [#1]",
        ),
        (
            {"Q3[2]": "P1"},
            "colonne « Q3[1] » : ce rang est vide, et des rangs plus bas ne le sont pas. [#1]",
        ),
        (
            {"Q3[1]": "P1", "Q3[2]": "P1"},
            "colonne « Q3[1] », « P1 ; P1 » : Le même choix est donné deux fois. [#1]",
        ),
        ({"Q5": "0"}, "colonne « Q5 », « 0 » : Donnez un nombre entre 1 et 600. [#1]"),
    ],
)
def test_what_has_no_place_is_told_with_its_column_code_and_response(cells, problem):
    trial = bring_in(responses_file(response(1, cells)))

    assert problems(trial) == [problem]
    assert not Respondent.objects.exists()


def test_the_same_code_is_told_once_with_the_responses_that_hold_it():
    rows = [response(n, {"Q1": "A9"}) for n in range(1, 11)]

    [problem] = problems(try_out(responses_file(*rows)))

    assert problem.endswith("[#1, #2, #3, #4, #5, #6, #7, #8 et 2 de plus]")


def test_a_vv_file_gives_the_same_answers_and_knows_what_was_not_shown():
    cells = {"Q1": "-oth-", "Q1[other]": "Un {lieu}\tà soi", "Q4": "N", "Q2[SQ001]": "Y"}
    shown = cells | dict.fromkeys(["Q0", "Q2[SQ002]", "Q2[SQ003]", "Q2[other]", "Q5", "Q6"], "")

    trial = bring_in(vv_file(response(1, shown, blank=None)))

    answers = responses.answers_of(Respondent.objects.get())
    assert answers["type"] == {"choice": "autre", "other": "Un {lieu}\tà soi"}
    assert answers["outils"] == ["ordinateur"]
    # `forme` was not shown, and our condition does not ask it either.
    assert remarks(trial) == [
        "question publics : pas montrée là-bas, mais notre condition la pose : "
        "compté sans réponse. [#1]"
    ]


def test_an_answer_to_what_our_condition_does_not_ask_is_kept_and_told():
    trial = bring_in(responses_file(response(1, {"Q4": "N", "Q7": "de_fait", "Q2[SQ001]": "Y"})))

    assert responses.answers_of(Respondent.objects.get())["forme"] == "de_fait"
    assert remarks(trial) == [
        "question forme : répondu sans que notre condition la pose : conservé, mais pas compté. "
        "[#1]"
    ]
