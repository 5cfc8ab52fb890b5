import pytest

from analysis import frame, structures
from analysis.declarations import StructureTable
from analysis.structures import Column, collated
from survey import filling, moderation, publication
from tests import factories
from tests.factories import STRUCTURE, moderator, respondent, spec, text_of


def named(name, **answers):
    person = respondent({"nom": name} | answers)
    moderation.approve(text_of(person, "nom"), by=moderator())
    return person


def listed(columns, *, where=(), order=()):
    answers = frame.build(STRUCTURE, publication.changes("conumm"))
    return structures.listed(StructureTable("T", columns, where, order), STRUCTURE, answers)


def names(table):
    return [row[0] for row in table.rows]


def test_structures_come_by_name_as_french_dictionaries_sort(questionnaire):
    for name in ("Zoé", "Épicerie", "elan", "Écran", "« Eau »", "eau vive"):
        named(name)

    table, columns = listed(("nom",))

    assert names(table) == ["« Eau »", "eau vive", "Écran", "elan", "Épicerie", "Zoé"]
    assert columns == (Column("nom", "Nom", order="ascending"),)


def test_a_ranking_spreads_over_its_items(questionnaire):
    named("Abri", publics=["jeunes", "seniors"])

    table, columns = listed(("nom", "publics"))

    assert table.columns == ("Nom", "Seniors", "Jeunes", "Enfants")
    assert table.rows == (("Abri", "Public n°2", "Public n°1", ""),)
    assert columns[1].scale == ("Public n°1", "Public n°2", "Public n°3")


def test_cells_are_words_but_numbers_are_numbers_under_their_unit(questionnaire):
    named("Abri", type="mairie", outils=["tablette", "ordinateur"], duree=90, humeur="haute")
    named("Bac")

    table, columns = listed(("nom", "type", "outils", "duree", "humeur"))

    assert table.columns == ("Nom", "Type", "Outils", "Duree (minutes)", "Humeur")
    assert table.rows == (
        ("Abri", "Mairie", "Ordinateur\u202f; Tablette", 90, "Haute"),
        ("Bac", "", "", None, ""),
    )
    assert columns[4].scale == ("Haute", "Moyenne", "Basse")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (("duree",), ["Bac", "Zoé", "Abri", "Cap"]),
        (("duree descending",), ["Abri", "Zoé", "Bac", "Cap"]),
        (("humeur",), ["Abri", "Cap", "Zoé", "Bac"]),
        (("humeur descending", "nom descending"), ["Zoé", "Cap", "Abri", "Bac"]),
        (("publics.seniors", "nom"), ["Zoé", "Abri", "Bac", "Cap"]),
    ],
)
def test_tables_sort_by_what_they_declare_and_empty_cells_come_last(questionnaire, order, expected):
    named("Zoé", duree=30, humeur="moyenne", publics=["seniors"])
    named("Abri", duree=120, humeur="haute", publics=["jeunes", "seniors"])
    named("Bac", duree=4)
    named("Cap", humeur="haute")

    table, columns = listed(("nom", "duree", "humeur", "publics"), order=order)

    assert names(table) == expected
    sorted_by = {column.code: column.order for column in columns if column.order}
    code, _, direction = order[0].partition(" ")
    assert sorted_by == {code: direction or "ascending"}


def test_only_structures_that_answered_as_the_table_wants_are_there(questionnaire):
    named("Abri", type="mairie")
    named("Bac", type="association")
    respondent({"nom": "Pas encore lu", "type": "mairie"})

    assert names(listed(("nom",), where=("type is mairie",))[0]) == ["Abri"]


def test_items_of_the_same_name_are_told_apart_by_their_question(db):
    items = ["jeunes", "autres"]
    section = factories.SectionSpec(
        "s",
        "S",
        questions=(
            spec("nom", "short_text", consent="name_structure"),
            spec("ages", "ranking", items),
            spec("metiers", "ranking", ["jeunes", "cadres"]),
        ),
    )
    structure = factories.Structure("conumm", "T", sections=(section,))
    factories.questionnaire(structure)
    answers = frame.build(structure, publication.changes("conumm"))

    table, _ = structures.listed(
        StructureTable("T", ("nom", "ages", "metiers")), structure, answers
    )

    assert table.columns == (
        "Nom",
        "Ages\u00a0: Jeunes",
        "Autres",
        "Metiers\u00a0: Jeunes",
        "Cadres",
    )


def test_case_accents_and_punctuation_do_not_sort():
    assert collated("« L’Œuvre d’Été » — (2)") == "l oeuvre d ete 2"


def test_a_table_is_read_again_only_when_a_named_structure_changed(
    questionnaire, django_assert_num_queries
):
    person = named("Abri", duree=30)
    answers = frame.build(STRUCTURE, publication.changes("conumm"))
    declared = StructureTable("T", ("nom", "duree"))

    def rows():
        return structures.listed(declared, STRUCTURE, answers)[0].rows

    assert rows() == (("Abri", 30),)
    respondent({"duree": 600, "nom": "Pas encore lu"})
    with django_assert_num_queries(1):
        assert rows() == (("Abri", 30),)
    filling.save(person, 1, {"duree": 45})
    assert rows() == (("Abri", 45),)
    filling.withdraw(person)
    named("Bac")
    assert rows() == (("Bac", None),)
