import pytest

from survey.importing import files
from survey.importing.files import FileError
from tests.limesurvey import written_csv, written_vv


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_of_a_csv_file_is_found(delimiter):
    content = written_csv(["id", "Q1"], [["1", "a, b; c\td"]], delimiter)

    file = files.read(content)

    assert file.headings == ("id", "Q1")
    assert [line.cells for line in file.lines] == [["1", "a, b; c\td"]]


def test_a_csv_file_needs_neither_quotes_nor_a_mark():
    assert files.read(b"id,Q1\r\n1,a\r\n").lines[0].cells == ["1", "a"]


def test_cells_keep_their_line_ends_and_quotes():
    content = written_csv(["id", "Q1"], [["1", 'Il dit « "oui" »\nà la ligne']])

    assert files.read(content).lines[0].cells == ["1", 'Il dit « "oui" »\nà la ligne']


def test_the_apostrophe_before_a_formula_is_stripped_and_no_other():
    content = written_csv(["id", "Q1", "Q2"], [["1", "=1+1", "'tis"]])

    assert b'"\'=1+1"' in content
    assert files.read(content).lines[0].cells == ["1", "=1+1", "'tis"]


def test_what_tells_who_answered_is_dropped_at_once():
    headings = ["id", "token", "ipaddr", "refurl", "Q1"]
    content = written_csv(headings, [["1", "s3cret", "192.0.2.7", "https://example.org", "a"]])

    file = files.read(content)

    assert file.headings == ("id", "Q1")
    assert file.lines[0].cells == ["1", "a"]


def test_a_vv_file_is_known_by_its_second_line_of_codes():
    content = written_vv(["id", "Q1"], [["1", "a"]], ["Numéro", "Quel lieu ?"])

    file = files.read(content)

    assert file.headings == ("id", "Q1")
    assert file.descriptions["Q1"] == "Quel lieu ?"
    assert [line.place for line in file.lines] == [3]


def test_a_tab_separated_csv_file_whose_first_answer_is_id_is_no_vv_file():
    content = written_csv(["id", "Q1"], [["1", "id"]], "\t")

    assert files.read(content).lines[0].cells == ["1", "id"]


@pytest.mark.parametrize(
    "text",
    [
        "une ligne\nune autre",
        "retour\rchariot",
        "une\ttabulation",
        "des {accolades} et {newline}",
        '"entre guillemets"',
        "{question_not_shown}",
        "l’un\u2028l’autre",
    ],
)
def test_vv_escapes_give_back_what_was_written(text):
    content = written_vv(["id", "Q1", "Q2"], [["1", text, None]])

    assert files.read(content).lines[0].cells == ["1", text, None]


def test_a_vv_file_quoted_by_a_spreadsheet_or_ending_its_lines_with_a_tab_is_read():
    content = b'N\tQ\t\nid\tQ1\t\n1\t"Oui, ""vraiment"""\t\n'

    file = files.read(content)

    assert file.headings == ("id", "Q1")
    assert file.lines[0].cells == ["1", 'Oui, "vraiment"']


def test_a_line_of_another_length_keeps_no_cell():
    assert files.read(b"id,Q1\r\n1\r\n2,a,b\r\n3,c\r\n").lines[2].cells == ["3", "c"]
    assert [line.cells for line in files.read(b"id,Q1\r\n1\r\n2,a,b\r\n").lines] == [(), ()]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "pas de colonne"),
        (b"nom,age\r\nLou,3\r\n", "pas de colonne"),
        ("id,Q1\r\n1,été".encode("latin-1"), "pas en UTF-8"),
        (b"id,Q1,Q1\r\n", "s’appellent"),
        (b'id,Q1\r\n1,"jamais fini\r\n', "illisible"),
    ],
)
def test_what_is_no_response_file_is_refused_and_told_why(content, problem):
    with pytest.raises(FileError, match=problem):
        files.read(content)
