"""As which choices precisions are counted goes with what the admin exports."""

import json

import pytest
from django.contrib.auth.models import User

from survey import coding
from survey.coding import NewChoice
from survey.importing import writing
from survey.models import Answer, Choice, Decision, Question, Questionnaire, Respondent
from tests import factories
from tests.exported import CSV, bring_in, edited, either, emptied, exported
from tests.factories import moderator
from tests.limesurvey import problems, remarks

pytestmark = pytest.mark.django_db


def coded(label="Bateau"):
    """A precision that is counted as a choice that was added for it."""
    person = factories.respondent({"type": {"choice": "autre", "other": "Péniche"}})
    new = NewChoice(Question.objects.get(code="type"), label)
    coding.code(factories.text_of(person, "type"), new, by=factories.moderator())
    return person


@either
def test_added_choices_come_with_what_is_counted_as_them(questionnaire, export):
    coded()
    content = exported(export)
    emptied()
    importer = User.objects.create(username="importatrice")
    assert not Choice.objects.filter(added=True).exists()

    assert problems(bring_in(content)) == [
        "ce fichier contient des décisions : dites qui les reprend (--by)."
    ]
    bring_in(content, importer)

    answer = Answer.objects.get()
    assert (answer.coded_as.code, answer.coded_as.added) == ("bateau", True)
    assert [(d.counted_before, d.counted_as, str(d.by)) for d in Decision.objects.codings()] == [
        ("Autre", "Bateau", "importatrice")
    ]


def test_the_json_names_added_choices_once(questionnaire):
    coded()
    coded()

    assert json.loads(exported())["added_choices"] == [
        {"question": "type", "choice": "bateau", "label": "Bateau"}
    ]


def test_a_choice_that_is_there_under_this_name_is_not_added_twice(questionnaire):
    coded()
    content = exported().replace(b'"bateau"', b'"navire"')
    emptied()
    coded()
    Questionnaire.objects.update(last_number=0)
    data = json.loads(content)
    data["respondents"][0]["number"] = 7

    bring_in(json.dumps(data).encode(), factories.moderator())

    assert list(Answer.objects.values_list("coded_as__code", flat=True)) == ["bateau"] * 2


def test_an_older_export_says_nothing_of_codes(questionnaire):
    coded()
    data = json.loads(exported())
    del data["added_choices"]
    del data["respondents"][0]["texts"][0]["coded_as"]
    newer = [f"{c}.autre.compte_comme{end}" for c in ("type", "outils") for end in ("", ".libelle")]
    older = edited(exported(CSV), lambda rows: [rows[0].pop(heading) for heading in newer])

    for content in (json.dumps(data).encode(), older):
        emptied()
        trial = bring_in(content)
        assert problems(trial) + remarks(trial) == []
        assert Answer.objects.get().coded_as is None


def test_undoing_an_import_takes_its_added_choices_back(questionnaire):
    coded()
    content = exported()
    emptied()
    done = bring_in(content, factories.moderator()).done

    writing.undo(done)

    assert not Choice.objects.filter(added=True).exists()


def test_a_text_counted_as_no_choice_is_told_and_keeps_everything_out(questionnaire):
    coded()
    data = json.loads(exported())
    data["respondents"][0]["texts"][0]["coded_as"] = "chateau"
    emptied()

    trial = bring_in(json.dumps(data).encode(), factories.moderator())

    assert problems(trial) == [
        "colonne « type.autre.compte_comme » : « chateau » n’est pas un choix de cette question. "
        "[#1]"
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            {"type.autre.compte_comme.libelle": "Barge"},
            "« bateau » : ce choix a deux libellés, « Barge » et « Bateau » : gardez-en un.",
        ),
        ({"type.autre.compte_comme": "a b"}, "« a b » : un code s’écrit en lettres"),
        ({"type.autre.compte_comme.libelle": "X" * 201}, "fait de 1 à 200 caractères."),
    ],
)
def test_an_added_choice_that_cannot_be_is_told_and_keeps_everything_out(
    questionnaire, cells, told
):
    coded()
    coded()
    content = edited(exported(CSV), lambda rows: rows[0].update(cells))
    emptied()

    trial = bring_in(content, factories.moderator())

    assert any(told in problem for problem in problems(trial))
    assert not Respondent.objects.exists()


def test_one_line_names_an_added_choice_for_all(questionnaire):
    coded()
    coded()
    content = edited(
        exported(CSV), lambda rows: rows[1].update({"type.autre.compte_comme.libelle": ""})
    )
    emptied()

    trial = bring_in(content, factories.moderator())

    assert problems(trial) == []
    assert [answer.coded_as.code for answer in Answer.objects.all()] == ["bateau"] * 2


@pytest.mark.parametrize(
    ("answers", "question", "coded_as", "told"),
    [
        ({"type": {"choice": "autre", "other": "Péniche"}}, "type", "autre", "a choisi"),
        (
            {"outils": ["tablette", {"choice": "autre", "other": "Tableau"}]},
            *("outils", "aucun", "ne va avec aucun autre"),
        ),
    ],
)
def test_a_code_that_cannot_be_true_is_refused(questionnaire, answers, question, coded_as, told):
    factories.respondent(answers)
    data = json.loads(exported())
    emptied()
    [text] = data["respondents"][0]["texts"]
    text["coded_as"] = coded_as

    [problem] = problems(bring_in(json.dumps(data).encode(), moderator()))

    assert f"{question}.autre.compte_comme" in problem
    assert told in problem
