"""The command: a mapping drafted, tried, imported, taken back."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from survey.importing import drafting, files
from survey.models import Respondent
from tests.factories import STRUCTURE
from tests.limesurvey import MAPPING, response, responses_file, written_csv, written_vv

TICKED = {"Q2[SQ001]": "Y"}


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "reponses.csv"
    path.write_bytes(responses_file(response(1, TICKED), response(2, TICKED)))
    return path


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def run(*arguments, **options):
    output = StringIO()
    call_command("import_responses", *arguments, stdout=output, **options)
    return output.getvalue().replace("\u00a0", " ").replace("\u202f", " ")


def test_a_file_is_tried_imported_and_taken_back(questionnaire, answers, mapping):
    counts = "2 réponses nouvelles."

    tried = run(answers, mapping=mapping, dry_run=True)
    assert tried.startswith("Accords des réponses nouvelles : 2 pour publier les textes")
    assert tried.endswith(f"{counts} Rien n’a été écrit.\n")
    assert Respondent.objects.count() == 0
    assert run(answers, mapping=mapping) == f"{counts}\n"
    assert Respondent.objects.count() == 2
    assert "2 répondants effacés, 0 remis comme avant." in run(undo=True, dry_run=True)
    assert Respondent.objects.count() == 2
    assert "2 répondants effacés, 0 remis comme avant." in run(undo=True)
    assert Respondent.objects.count() == 0
    with pytest.raises(CommandError, match="pas d’import à annuler"):
        run(undo=True)


@pytest.mark.parametrize("dry_run", [True, False])
def test_problems_fail_the_command_and_remarks_are_told(questionnaire, tmp_path, mapping, dry_run):
    file = tmp_path / "reponses.csv"
    file.write_bytes(responses_file(response(1, {"Q1": "A9"}), response(2)))
    output = StringIO()

    with pytest.raises(CommandError) as failed:
        call_command("import_responses", file, mapping=mapping, dry_run=dry_run, stdout=output)

    assert str(failed.value).replace("\u00a0", " ") == (
        "À régler. colonne « Q1 », « A9 » : « A9 » n’est pas un choix de cette question. [#1]\n"
        "Rien n’a été importé."
    )
    assert "À savoir. question outils" in output.getvalue().replace("\u00a0", " ")


def test_a_wrong_file_or_mapping_is_told_plainly(questionnaire, answers, mapping, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "absent.csv", mapping=mapping)
    with pytest.raises(CommandError, match="pas de colonne"):
        run(mapping, mapping=mapping)
    mapping.write_text("questions: {inconnue: {column: Q0}}", encoding="utf-8")
    with pytest.raises(CommandError, match="cette question n’existe pas"):
        run(answers, mapping=mapping)
    with pytest.raises(CommandError, match="Name the file"):
        run(answers)


@pytest.mark.django_db
def test_nothing_is_imported_before_the_questionnaire_is_loaded(answers, mapping):
    with pytest.raises(CommandError, match="load_questionnaire"):
        run(answers, mapping=mapping)


def test_a_draft_is_written_and_never_over_a_file_that_is_there(questionnaire, answers, tmp_path):
    drafted = tmp_path / "draft.yaml"

    run(answers, mapping=drafted, write_mapping=True)

    assert yaml.safe_load(drafted.read_text(encoding="utf-8"))["consents"] == {
        "participate": None,
        "publish_texts": None,
        "name_structure": None,
    }
    with pytest.raises(CommandError, match="existe déjà"):
        run(answers, mapping=drafted, write_mapping=True)


def drafted(content):
    text = drafting.draft(files.read(content), STRUCTURE, "reponses.csv")
    return yaml.safe_load(text)["questions"], text


def test_columns_that_have_our_codes_are_placed():
    headings = ["id", "nom", "tierslieu", "outils[ordinateur]", "outils[SQ002]", "outils[other]"]
    questions, _ = drafted(written_csv(headings, []))

    assert questions == {
        "nom": {"column": "nom"},
        "tiers_lieu": {"column": "tierslieu"},
        "outils": {
            "columns": {"outils[ordinateur]": "ordinateur", "outils[SQ002]": None},
            "others": {"outils[other]": "autre"},
        },
    }


def test_what_a_vv_file_says_of_its_columns_places_them():
    headings = ["id", "Q1", "Q1_other", "Q2_SQ001", "Q2_SQ002", "Q2_other", "Q3_1", "Q3_2"]
    described = [
        *("N°", "Type ?", "Type ? [Autre]", "Outils ? [Ordinateur]", "Outils ? [Tablette]"),
        *("Outils ? [Autre]", "publics ? [Rang 1]", "publics ? [Rang 2]"),
    ]
    rows = [["1", "A1", "", "Y", "", "", "P2", "seniors"]]

    questions, _ = drafted(written_vv(headings, rows, described))

    assert questions == {
        "type": {"column": "Q1", "others": {"Q1_other": "autre"}, "choices": {"A1": None}},
        "outils": {
            "columns": {"Q2_SQ001": "ordinateur", "Q2_SQ002": "tablette"},
            "others": {"Q2_other": "autre"},
        },
        "publics": {"ranks": ["Q3_1", "Q3_2"], "choices": {"P2": None}},
    }


def test_labels_in_full_answers_place_a_column_and_what_none_says_is_listed():
    rows = [["1", "Haute", "Oui"], ["2", "Basse", "Non"], ["3", "", "N/A"]]

    questions, text = drafted(written_csv(["id", "Q8", "Q9"], rows))

    assert questions == {"humeur": {"column": "Q8"}}
    assert text.endswith("ou sous « ignored ».\n#   Q9\n")


def test_a_draft_lists_our_choices_where_some_are_left_to_say():
    headings = ["id", "outils[SQ001]", "type", "humeur"]
    _, text = drafted(written_csv(headings, [["1", "Y", "Mairie", "A1"]]))

    _, left = text.replace("\u00a0", " ").split("où il reste un « null », à mettre à sa place :\n")
    assert left == (
        "#   outils\n"
        "#     ordinateur : Ordinateur\n#     tablette : Tablette\n"
        "#     autre : Autre\n#     aucun : Aucun\n"
        "#   humeur\n"
        "#     haute : Haute\n#     moyenne : Moyenne\n#     basse : Basse\n"
    )


def test_a_draft_filled_in_imports_its_file(questionnaire, tmp_path):
    file, mapping = tmp_path / "reponses.csv", tmp_path / "map.yaml"
    headings = ["id", "submitdate", "type", "type[other]", "publics[1]"]
    rows = [["1", "2021-02-03 12:00:00", "A1", "", "Seniors"]]
    file.write_bytes(written_csv(headings, rows))
    run(file, mapping=mapping, write_mapping=True)
    text = mapping.read_text(encoding="utf-8").replace("A1: null", "A1: mairie")
    mapping.write_text(
        text.replace("participate: null", "participate: true")
        .replace("s: null", "s: false")
        .replace("name_structure: null", "name_structure: false"),
        encoding="utf-8",
    )

    run(file, mapping=mapping)

    person = Respondent.objects.get()
    assert (person.number, person.agreed_to_publish) == (1, False)
