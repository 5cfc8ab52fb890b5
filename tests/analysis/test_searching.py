import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.searching import folded, found, holds, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Été", "ete"),
        ("ŒUVRE", "oeuvre"),
        ("l’élan", "l'elan"),
        ("38\u202f%", "38 %"),
        ("e\u0301tude", "etude"),
    ],
)
def test_case_accents_and_typography_are_folded(text, expected):
    assert folded(text) == expected


def test_a_query_is_its_words_as_typed_and_not_endless():
    assert words("  Réseau \u0301 local ") == ("Réseau", "local")
    assert words("") == ()
    assert len(words("a " * 1000)) == 100


def test_a_text_is_found_by_all_its_words_in_any_order():
    text = "Les réseaux locaux s’essoufflent."

    assert holds(text, ["LOCAUX", "reseau"])
    assert holds(text, ["s'essouf"])
    assert not holds(text, ["réseau", "national"])


def marked(text, *wanted):
    return [text[start:end] for start, end in found(text, wanted)]


def test_each_place_of_each_word_is_found_in_the_text_as_written():
    assert marked("Été comme hiver, l’été.", "ete", "hiver") == ["Été", "hiver", "été"]
    assert marked("un cœur, des coeurs", "coeur") == ["cœur", "coeur"]
    assert marked("un cœur", "o", "e") == ["œ"]
    assert marked("e\u0301te\u0301", "t", "ete") == ["e\u0301te\u0301"]
    assert marked("a+b (c)", "(c)", "a+b") == ["a+b", "(c)"]
    assert marked("rien") == []


@given(st.text(), st.text(min_size=1, max_size=3))
def test_what_is_found_is_in_order_and_never_overlaps(text, word):
    places = [place for pair in found(text, words(word)) for place in pair]

    assert places == sorted(places)
    assert all(start < end for start, end in found(text, words(word)))
    assert not places or places[-1] <= len(text)
