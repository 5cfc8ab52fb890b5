from dataclasses import replace

import pytest

from analysis import checking, declarations
from analysis.apps import measures_are_presented, report_is_sound
from analysis.declarations import (
    BlockSpec,
    ChoicesTogether,
    Declaration,
    FilterSpec,
    ReportError,
    StructureTable,
)
from analysis.wording import Noun, Phrase
from survey.questionnaire import SectionSpec, Structure
from tests.factories import STRUCTURE, spec

PEOPLE = Noun("personne", "personnes", feminine=True)

NAMES = StructureTable("Noms", ("nom",))


def declared(code, **block):
    return Declaration("test.yaml", "Titre", PEOPLE, blocks={code: BlockSpec(**block)})


def test_every_measure_is_presented_and_the_report_file_is_sound():
    assert measures_are_presented() == []
    assert report_is_sound() == []


def test_a_measure_without_its_presentation_stops_the_application(monkeypatch):
    from analysis import presentation

    fewer = {k: v for k, v in presentation.PRESENTATIONS.items() if k != "numeric"}
    monkeypatch.setattr(presentation, "PRESENTATIONS", fewer)

    messages = [error.msg for error in measures_are_presented()]

    assert any('"number" names the measure "numeric"' in message for message in messages)


@pytest.mark.parametrize(
    ("code", "block", "problem"),
    [
        ("nulle_part", {}, 'block "nulle_part": no question has this code'),
        ("type", {"sentence": "{share oui}"}, 'key "sentence" asks for share of "oui"'),
        ("type", {"of": "lieux"}, 'key "of" names "lieux"'),
        ("type", {"by": "freins"}, 'key "by" names "freins"'),
        ("type", {"by": "type"}, 'key "by" names "type", which is not another question'),
        ("type", {"by": "nulle_part"}, 'key "by" names "nulle_part"'),
        ("duree", {"by": "type"}, 'key "by" is for questions with one choice'),
        ("outils", {"by": "type"}, 'key "by" is for questions with one choice'),
        ("type", {"about": "mairie"}, 'key "about" has no use without the key "by"'),
        ("type", {"by": "humeur", "about": "x"}, 'key "about" names "x", which is not a choice'),
        ("type", {"says": {"x": Phrase("a", "b")}}, 'key "says" names "x", which is not a choice'),
        ("type", {"sentence": "{by mairie}"}, 'key "sentence" asks for groups of answers'),
        (
            "type",
            {"sentence": "{groups mairie}", "by": "humeur"},
            'key "sentence" wants a noun for "haute" of "humeur" under "choices"',
        ),
        ("type", {"chart": "diverging"}, 'key "chart" is for a scale'),
        ("type", {"class_width": 10}, 'key "class_width" is for numbers'),
        ("duree", {"class_width": 0}, 'key "class_width" is 0; write a number'),
        (
            "duree",
            {"class_width": 1e-320},
            'key "class_width" is 1e-320; write a number from 0.001',
        ),
        ("type", {"by": "outils", "sentence": "{by mairie}"}, 'key "by" names "outils"'),
        ("type", {"sentence": "{lead 4}"}, "asks for lead 4; write a place up to 3"),
        ("type", {"sentence": "{base zzz}"}, 'asks for base of "zzz"; write {base} alone'),
        ("duree", {"sentence": "{median zzz}"}, 'asks for median of "zzz"; write {median} alone'),
        ("freins", {"sentence": "{published zzz}"}, 'asks for published of "zzz"'),
        ("type", {"groups_title": "Par rive"}, 'key "groups_title" has no use without'),
        ("type", {"tables": (NAMES, NAMES)}, 'key "tables" has the title "Noms" twice'),
        ("participation", {"sentence": "{base}"}, "which is none of complete, partial, total"),
        ("participation", {"of": "lieux"}, 'key "of" goes with a question; write "sentence" alone'),
        ("type", {"groups": "cantons"}, 'key "groups" names "cantons"'),
        ("type", {"groups": "regions"}, 'key "groups" puts "01" in "Auvergne-Rhône-Alpes"'),
        ("type", {"sentence": "{places}"}, 'key "sentence" asks for "places" without "groups"'),
        ("type", {"map": "cantons"}, 'key "map" names "cantons"'),
        ("type", {"map": "departments"}, 'key "map" draws "01", which is no choice'),
        ("duree", {"map": "departments"}, 'key "map" stands at a question'),
        ("type", {"chart": "tarte"}, 'key "chart" is "tarte"'),
        ("type", {"tables": (StructureTable("T", ("x",)),)}, 'names "x", which is no question'),
        ("type", {"tables": (StructureTable("T", ("type",)),)}, '"columns" begins with "type"'),
        (
            "type",
            {"tables": (StructureTable("T", ("nom", "freins")),)},
            '"columns" names "freins", whose texts are published with a number',
        ),
        (
            "type",
            {"tables": (StructureTable("T", ("nom",), ("publics.x ranked 1",)),)},
            'of "T": "where" names "x"; write one of seniors, jeunes, enfants',
        ),
        (
            "type",
            {"tables": (StructureTable("T", ("nom", "publics"), (), ("publics descending",)),)},
            "write one of nom, publics.seniors, publics.jeunes, publics.enfants",
        ),
        ("type", {"group_by": "humeur"}, 'key "group_by" goes with a question answered by a text'),
        ("freins", {"group_by": "outils"}, 'key "group_by" names "outils", which is not'),
        ("freins", {"group_by": "x"}, 'key "group_by" names "x", which is not'),
    ],
)
def test_what_does_not_exist_is_refused_with_file_block_and_key(code, block, problem):
    with pytest.raises(ReportError) as raised:
        checking.check(declared(code, **block), STRUCTURE)

    assert str(raised.value).startswith("test.yaml, block")
    assert problem in str(raised.value)


@pytest.mark.parametrize("code", ["ne_sait_pas", "autre"])
def test_a_scale_with_a_choice_beside_it_cannot_diverge(code):
    asked = spec("avis", "single", ["pour", "contre", code], ordered=True)
    structure = Structure("test", "Test", sections=(SectionSpec("s", "S", questions=(asked,)),))

    with pytest.raises(ReportError) as raised:
        checking.check(declared("avis", chart="diverging"), structure)

    assert str(raised.value) == (
        f'test.yaml, block "avis": key "chart" is for a scale, and "{code}" is no step of one; '
        "leave it out."
    )


NESTED = {"tiers_lieu": FilterSpec(), "forme": FilterSpec()}


@pytest.mark.parametrize(
    ("filters", "problem"),
    [
        ({"outils": FilterSpec()}, '"outils": key "question" names "outils"'),
        ({"type": FilterSpec(file="cantons")}, '"type": key "file" names "cantons"'),
        (
            {"type": FilterSpec(file="regions", groups={"x": ChoicesTogether("X", ("mairie",))})},
            'filter "type": key "file" stands beside "groups"',
        ),
        ({"type": FilterSpec(file="regions")}, '"type": key "file" names "01", which is no choice'),
        (
            {"type": FilterSpec(groups={"x": ChoicesTogether("X", ("port",))})},
            'key "groups" names "port", which is no choice',
        ),
        (
            {
                "type": FilterSpec(
                    groups={
                        "x": ChoicesTogether("X", ("mairie",)),
                        "y": ChoicesTogether("Y", ("mairie", "autre")),
                    }
                )
            },
            'key "groups" names "mairie" twice',
        ),
        # What the groups of one leave out of those of the other would be a few people.
        (
            {"type": FilterSpec(), "sorte": FilterSpec(question="type")},
            'names "type", whose answers the filter "sorte" has within its own',
        ),
        (NESTED, 'filter "forme": key "question" names "forme", whose answers the filter'),
    ],
)
def test_filters_whose_groups_do_not_exist_or_overlap_are_refused(filters, problem):
    declaration = replace(declared("type"), blocks={}, filters=filters)

    with pytest.raises(ReportError) as raised:
        checking.check(declaration, STRUCTURE)

    assert problem in str(raised.value)


def test_an_unknown_key_of_the_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(declarations, "REPORTS", tmp_path)
    (tmp_path / "x.yaml").write_text(
        "title: T\npeople: {one: a, many: b}\nblocks: {type: {phrase: x}}\n"
    )

    with pytest.raises(ReportError, match=r'x\.yaml, block "type": key "phrase" is unknown'):
        declarations.read("x")


def test_a_map_that_cannot_be_read_is_refused_with_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr(declarations, "REPORTS", tmp_path)
    (tmp_path / "lieux.json").write_text('{"type": "Topology"}')

    with pytest.raises(ReportError, match=r"lieux\.json: no map can be read from it"):
        declarations.geography("lieux")


def test_a_group_of_choices_that_no_sentence_can_place_is_refused(tmp_path, monkeypatch):
    for module in (declarations, checking):
        monkeypatch.setattr(module, "REPORTS", tmp_path)
    (tmp_path / "rives.yaml").write_text("Rive gauche: {choices: [association]}\n")

    with pytest.raises(ReportError, match='wants "within" of "Rive gauche"'):
        checking.check(declared("type", sentence="{places}", groups="rives"), STRUCTURE)


def test_a_place_beyond_the_groups_of_choices_is_refused(tmp_path, monkeypatch):
    for module in (declarations, checking):
        monkeypatch.setattr(module, "REPORTS", tmp_path)
    (tmp_path / "bords.yaml").write_text("Bord droit: {choices: [association, mairie]}\n")

    with pytest.raises(ReportError, match='"sentence" asks for group 2; write a place up to 1'):
        checking.check(declared("type", sentence="{group 2}", groups="bords"), STRUCTURE)


def test_words_of_a_choice_are_read_and_a_missing_form_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(declarations, "REPORTS", tmp_path)
    start = "title: T\npeople: {one: a, many: b}\nblocks: {type: {says: {mairie: "
    (tmp_path / "x.yaml").write_text(start + "{one: est, many: sont}}}}\n")
    (tmp_path / "y.yaml").write_text(start + "{one: est}}}}\n")

    assert declarations.read("x").block("type").says == {"mairie": Phrase("est", "sont")}
    with pytest.raises(ReportError, match=r'y\.yaml, block "type", key "says", "mairie": .*many'):
        declarations.read("y")


def test_a_block_is_crossed_without_nouns_unless_its_sentence_wants_them():
    checking.check(declared("type", by="humeur", about="mairie"), STRUCTURE)


@pytest.mark.parametrize(
    "table",
    [
        StructureTable("T", ("nom", "humeur")),
        StructureTable("T", ("nom",), ("humeur is haute",)),
    ],
)
def test_a_table_of_structures_cannot_use_what_texts_are_grouped_by(table):
    blocks = {"freins": BlockSpec(group_by="humeur"), "type": BlockSpec(tables=(table,))}

    with pytest.raises(ReportError, match='uses "humeur", which texts are grouped by'):
        checking.check(replace(declared("type"), blocks=blocks), STRUCTURE)


def test_lines_of_a_table_are_words_alone_or_in_a_list(tmp_path, monkeypatch):
    monkeypatch.setattr(declarations, "REPORTS", tmp_path)
    written = "title: T\npeople: {one: a, many: b}\nblocks: {type: {tables: [%s]}}\n"
    line = "{title: T, columns: [nom], where: type is  mairie, order: [nom descending]}"
    (tmp_path / "x.yaml").write_text(written % line)

    (table,) = declarations.read("x").block("type").tables

    assert table == StructureTable("T", ("nom",), ("type is mairie",), ("nom descending",))
    (tmp_path / "x.yaml").write_text(written % "{title: T, columns: [nom], order: {nom: up}}")
    with pytest.raises(
        ReportError, match=r'x\.yaml, block "type", key "tables": key "order" must be'
    ):
        declarations.read("x")


def test_a_plain_declaration_is_accepted():
    checking.check(replace(declared("type"), blocks={}), STRUCTURE)


@pytest.mark.parametrize(
    ("code", "choice", "problem"),
    [
        ("x", "a", '"x": no question has this code'),
        ("duree", "a", '"duree": this question has no choices'),
        ("type", "a", '"type": "a" is not a choice; write one of association, mairie, autre'),
    ],
)
def test_nouns_are_of_choices_that_exist(code, choice, problem):
    nouns = {code: {choice: Noun("un", "deux")}}

    with pytest.raises(ReportError) as raised:
        checking.check(replace(declared("type"), choices=nouns), STRUCTURE)

    assert str(raised.value).startswith(f'test.yaml, key "choices", {problem}')
