"""What a report file lacks, or holds of the wrong type, is refused with its place."""

import pytest

from analysis import declarations
from analysis.declarations import (
    ReportError,
)

START = "title: T\npeople: {one: a, many: b}\n"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("blocks: {type: {sentence: 3}}", 'block "type": key "sentence" must be text'),
        ("blocks: {type: {sentence: }}", 'block "type": key "sentence" is empty'),
        ("blocks: {type: {of: [a]}}", 'block "type": key "of" must be text'),
        ("blocks: {type: {by: [a]}}", 'block "type": key "by" must be text'),
        ("blocks: {type: {group_by: [x]}}", 'block "type": key "group_by" must be text'),
        ("blocks: {type: {tables: }}", 'block "type": key "tables" is empty'),
        ("blocks: {type: {tables: {title: T}}}", 'block "type": key "tables" must be a list'),
        ("blocks: {type: {class_width: .inf}}", 'key "class_width" must be a number, not inf'),
        ("blocks: {type: {class_width: dix}}", "key \"class_width\" must be a number, not 'dix'"),
        ("blocks: {type: {class_width: true}}", 'key "class_width" must be a number, not True'),
        (
            "blocks: {type: {says: {a: {one: x, many: }}}}",
            'block "type", key "says", "a": key "many" is empty',
        ),
        (
            "blocks: {type: {tables: [{title: , columns: nom}]}}",
            'block "type", key "tables": key "title" is empty',
        ),
        (
            "blocks: {type: {tables: [{title: 3, columns: nom}]}}",
            'block "type", key "tables": key "title" must be text',
        ),
        (
            "blocks: {type: {tables: [{title: T, columns: []}]}}",
            'block "type", key "tables": key "columns" is empty',
        ),
        ("blocks: [type]", 'key "blocks": expected keys and values'),
        ("blocks: {1: {}}", 'key "blocks": key 1 must be text'),
        ("filters: {type: {title: 3}}", 'filter "type": key "title" must be text'),
        (
            "filters: {type: {groups: {x: {choices: [a]}}}}",
            'filter "type", group "x": key "title" is missing',
        ),
        ("choices: {type: {a: {one: x}}}", 'key "choices", "type", "a": key "many" is missing'),
        ("nouns: {a: {one: x, many: 3}}", 'key "nouns", "a": key "many" must be text'),
        (
            "nouns: {a: {one: x, many: y, feminine: 'non'}}",
            "key \"feminine\" must be true or false, not 'non'",
        ),
        ("licence: {name: x}", 'key "licence": key "title" is missing'),
        ("file: autre.yaml", 'key "file" is unknown'),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_with_its_place(
    written, problem, tmp_path, monkeypatch
):
    monkeypatch.setattr(declarations, "REPORTS", tmp_path)
    (tmp_path / "x.yaml").write_text(f"{START}{written}\n")

    with pytest.raises(ReportError) as raised:
        declarations.read("x")

    assert str(raised.value).startswith("x.yaml")
    assert problem in str(raised.value)


@pytest.mark.parametrize(
    ("start", "problem"),
    [
        ("title: T\n", 'x.yaml: key "people" is missing.'),
        ("title: \npeople: {one: a, many: b}\n", 'x.yaml: key "title" is empty'),
        ("title: 3\npeople: {one: a, many: b}\n", 'x.yaml: key "title" must be text'),
        ("title: T\npeople: {one: 1, many: b}\n", 'key "people": key "one" must be text'),
    ],
)
def test_a_report_needs_its_title_and_the_noun_of_its_people(start, problem, tmp_path, monkeypatch):
    monkeypatch.setattr(declarations, "REPORTS", tmp_path)
    (tmp_path / "x.yaml").write_text(start)

    with pytest.raises(ReportError) as raised:
        declarations.read("x")

    assert problem in str(raised.value)
