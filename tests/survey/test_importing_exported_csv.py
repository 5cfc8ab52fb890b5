"""The CSV that the admin exports, edited, saved by a spreadsheet or cut, imports or is told."""

import pytest

from survey import responses
from survey.models import Respondent
from tests import factories
from tests.exported import CSV, bring_in, edited, emptied, exported, saved_by_a_spreadsheet, stored
from tests.limesurvey import problems, remarks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"number": "un"}, "« number », « un » : ce n’est pas un numéro de réponse. [ligne 2]"),
        ({"number": "9" * 20}, "un numéro de réponse va jusqu’à 9 999 999. [ligne 2]"),
        ({"completed_at": "03/02/2021"}, "avec son décalage. [ligne 2]"),
        ({"publish_texts": ""}, "colonne « publish_texts » : on y écrit 1 ou 0. [ligne 2]"),
        ({"type": "chateau"}, "« chateau » n’est pas un choix de cette question. [#1]"),
        ({"outils.aucun": "1"}, "« Aucun » ne va avec aucun autre choix. [#1]"),
        ({"outils.tablette": "oui"}, "« outils.tablette », « oui » : on y écrit 1 ou 0."),
        ({"publics.seniors": "1"}, "« 1, 1 » : les rangs se suivent depuis 1, chacun une fois."),
        ({"publics.jeunes": ""}, "« publics », « 2 » : les rangs se suivent depuis 1"),
        (
            {"type.autre.texte": "un phare"},
            "cette précision accompagne un choix qui n’est pas fait",
        ),
        ({"freins.decision": "loved"}, "on y écrit pending, approved, redacted, rejected."),
        ({"freins.decision": "redacted"}, "a son texte publié à côté. [ligne 2]"),
        ({"site.decision": "rejected"}, "il n’y a pas de texte à côté. [ligne 2]"),
        ({"type.autre.compte_comme": "mairie"}, "il n’y a pas de texte à côté. [ligne 2]"),
        ({"type.autre.compte_comme.libelle": "X"}, "il n’y a pas de code à côté. [ligne 2]"),
        ({"not_concerned": "duree freins"}, "« not_concerned » la nomme aussi. [ligne 2]"),
        ({"not_concerned": "toit"}, "« not_concerned », « toit » : cette question n’existe pas."),
        ({"toit": ""}, "colonne « toit » : elle n’est d’aucune question : ôtez-la du fichier"),
    ],
)
def test_a_cell_that_is_no_answer_is_told_and_keeps_everything_out(questionnaire, cells, told):
    answers = {"outils": ["ordinateur"], "publics": ["jeunes", "seniors"], "freins": "Le bruit"}
    factories.respondent(answers | {"type": "mairie"})
    content = edited(exported(CSV), lambda rows: rows[0].update(cells))
    emptied()

    [problem] = problems(bring_in(content))

    assert told in problem
    assert not Respondent.objects.exists()


def test_columns_that_are_missing_are_told(questionnaire):
    factories.respondent({"freins": "Le bruit", "type": "mairie", "duree": 5})

    def without(*headings):
        return edited(exported(CSV), lambda rows: [rows[0].pop(heading) for heading in headings])

    shorter, undated = without("duree", "type.autre.texte"), without("started_at")
    emptied()

    assert problems(bring_in(undated)) == [
        "colonne « started_at » : elle n’est pas dans le fichier."
    ]
    assert remarks(bring_in(shorter)) == [
        "colonne « type.autre.texte » : elle n’est pas dans le fichier : comptée vide.",
        "question duree : aucune de ses colonnes n’est dans le fichier : ce qui y est répondu "
        "reste tel quel.",
    ]


def test_answers_to_a_question_that_the_file_has_not_stay(questionnaire):
    factories.respondent({"freins": "Le bruit", "duree": 5})
    content = exported(CSV)
    emptied()
    bring_in(content)

    bring_in(
        edited(content, lambda rows: (rows[0].pop("duree"), rows[0].update({"type": "mairie"})))
    )

    values = responses.answers_of(Respondent.objects.get())
    assert (values["duree"], values["type"], values["freins"]) == (5, "mairie", "Le bruit")


def test_an_edited_csv_changes_what_was_imported(questionnaire):
    person = factories.respondent({"freins": "Le bruit", "duree": 5})
    content = exported(CSV)
    emptied()
    bring_in(content)

    again = bring_in(edited(content, lambda rows: rows[0].update({"freins": "", "duree": "7,5"})))

    assert again.summary == "1 réponse modifiée."
    values = responses.answers_of(Respondent.objects.get(number=person.number))
    assert (values["freins"], values["duree"]) == (None, 7.5)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_that_a_spreadsheet_saved_is_known(questionnaire, delimiter, mark):
    factories.respondent({"freins": "Le bruit ;\nla lumière"})
    before, content = stored(), exported(CSV)
    emptied()

    bring_in(saved_by_a_spreadsheet(content, delimiter, mark, "\r\n"))

    assert stored() == before


def test_nobody_imports_without_having_agreed(questionnaire):
    factories.respondent({"freins": "Le bruit"})
    content = edited(exported(CSV), lambda rows: rows[0].update(participate="0"))
    emptied()

    trial = bring_in(content)

    assert trial.summary == "1 laissée de côté faute d’accord."
    assert not Respondent.objects.exists()
