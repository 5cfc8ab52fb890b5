import random
import time

import pytest

from survey.differences import Change, between


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("un", "un", [Change("un")]),
        (
            "Le temps manque.",
            "Le courage manque.",
            [Change("Le "), Change("", "temps", "courage"), Change(" manque.")],
        ),
        ("un", "un deux", [Change("un"), Change("", "", " deux")]),
        ("un, deux", "un", [Change("un"), Change("", ", deux", "")]),
    ],
)
def test_what_changed_is_told_word_by_word(before, after, changes):
    assert list(between(before, after)) == changes


def test_both_versions_are_whole():
    before, after = "Écrivez à Anna,\nvite", "Écrivez-moi, vite !"
    changes = between(before, after)

    assert "".join(change.kept + change.removed for change in changes) == before
    assert "".join(change.kept + change.added for change in changes) == after


def test_the_longest_texts_are_compared_in_time():
    words = ["a", "b", "c"] * 3_300
    shuffled = random.Random(1).sample(words, len(words))
    began = time.perf_counter()

    between(" ".join(words), " ".join(shuffled))

    assert time.perf_counter() - began < 3
