from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import csvfiles


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@cmd", "'@cmd"),
        ("-3", "'-3"),
        ("  +33 6", "'  +33 6"),
        ("\ttab", "'\ttab"),
        ("＝1+1", "'＝1+1"),
        ("1-1", "1-1"),
        ("'=1+1", "''=1+1"),
        ("'plein' temps", "'plein' temps"),
        ("", ""),
        (None, ""),
        (-3, "-3"),
        (0.5, "0.5"),
        (date(2021, 3, 5), "2021-03-05"),
        (datetime(2021, 3, 5, 14, 32, tzinfo=UTC), "2021-03-05T14:32:00+00:00"),
    ],
)
def test_cells_are_plain_and_no_text_is_a_formula(cell, written):
    assert csvfiles.written(["a", "b"], [("x", cell)]).decode() == f"\ufeffa,b\r\nx,{written}\r\n"


def test_headings_are_disarmed_too():
    assert csvfiles.written(["=1+1"], []).decode() == "\ufeff'=1+1\r\n"


texts = st.text() | st.text("'=+-@ \t\n＝a1", max_size=6)


@given(texts)
def test_a_text_comes_back_from_its_cell_as_it_was(text):
    cell = csvfiles.disarmed(text)

    assert csvfiles.rearmed(cell) == text
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
