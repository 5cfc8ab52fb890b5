"""Cases that are easily said in wrong French; one line a case, to be read aloud."""

import subprocess
import sys

import pytest

from analysis import sentences
from analysis.summaries import Base, Distribution, Ranks, Shares
from analysis.wording import Facts, Noun, Wording

STRUCTURES = Noun("structure", "structures", feminine=True)
LETTERS = {letter: letter.upper() for letter in "abcdefgh"}
YES_NO = {"oui": "Oui", "non": "Non"}


def plain(sentence):
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")


def said(summary, labels=LETTERS, base=None, **wording):
    base = base or Base(summary.base, summary.base, summary.base)
    return plain(sentences.sentence(Facts(summary, base, Wording(labels, STRUCTURES, **wording))))


def shares(base, *counts):
    return Shares(base, dict(zip(LETTERS, counts, strict=False)))


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        (
            shares(12_345, 12_345, 0),
            "Réponse unanime, 12 345 structures sur 12 345 : « A ».",
        ),
        (
            shares(30, 9, 9, 9, 3),
            "À égalité : « A », « B » et « C », 30 % des structures (9 sur 30) à chaque fois.",
        ),
        (
            shares(8, *[1] * 8),
            "Aucun choix ne se détache : 8 sont à égalité, avec 1 structure sur 8 chacun.",
        ),
        (
            shares(40, *[10] * 4),
            "Aucun choix ne se détache : 4 sont à égalité, "
            "avec 25 % des structures (10 sur 40) chacun.",
        ),
        (
            shares(63, 51, 40, 40),
            "En tête : « A », 81 % des structures (51 sur 63) ; puis « B » (63 %) et « C » (63 %).",
        ),
        (
            shares(12, 12, 6),
            "En tête : « A », 100 % des structures (12 sur 12) ; puis « B » (50 %).",
        ),
        (
            shares(12, 8, 0),
            "En tête : « A », 67 % des structures (8 sur 12).",
        ),
        (
            shares(1, 1, 1),
            "Une seule réponse : « A » et « B ».",
        ),
    ],
)
def test_shares_are_said_whatever_their_counts(summary, sentence):
    assert said(summary) == sentence


@pytest.mark.parametrize(
    ("yes", "no", "sentence"),
    [
        (0, 9, "Réponse unanime, 9 structures sur 9 : « Non »."),
        (1, 6, "Oui : 1 structure sur 7."),
        (1, 99, "Oui : 1 % des structures (1 sur 100)."),
    ],
)
def test_few_who_say_yes_are_said_in_the_singular(yes, no, sentence):
    assert said(Shares(yes + no, {"oui": yes, "non": no}), YES_NO) == sentence


@pytest.mark.parametrize(
    ("ranks", "sentence"),
    [
        (
            Ranks(60, {"a": (28, 2), "b": (16, 0), "c": (16, 9)}),
            "« A » vient le plus souvent en premier : 28 structures sur 60, "
            "devant « B » et « C » (16 chacun). "
            "Le plus mentionné, à n’importe quel rang : « A » (30 structures).",
        ),
        (
            Ranks(12, {"a": (12, 0), "b": (0, 5)}),
            "« A » vient le plus souvent en premier : 12 structures sur 12. "
            "Le plus mentionné, à n’importe quel rang : « A » (12 structures).",
        ),
        (
            Ranks(5, {"a": (0, 3), "b": (0, 2)}),
            "Le plus mentionné, à n’importe quel rang : « A » (3 structures).",
        ),
    ],
)
def test_ranks_are_said_with_every_item_that_shares_a_place(ranks, sentence):
    labels = {code: LETTERS[code] for code in ranks.counts}

    assert said(ranks, labels) == sentence


def test_items_that_everybody_ranks_are_not_listed():
    assert said(Ranks(12, {"a": (8, 4), "b": (4, 8)}), {"a": "A", "b": "B"}) == (
        "« A » vient le plus souvent en premier : 8 structures sur 12, devant « B » (4). "
        "Chacun est mentionné, à n’importe quel rang, par 12 structures."
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {30.0: 5, 60.0: 40, 90.0: 5},
            "Médiane : 60 minutes ; la moitié des réponses au moins donnent cette valeur. "
            "Moyenne : 60 minutes, sur 50 réponses.",
        ),
        (
            {0.0: 1, 1.0: 2, 2.5: 1},
            "Médiane : 1 minute ; la moitié des réponses vont de 0,8 à 1,4 minute. "
            "Moyenne : 1,1 minute, sur 4 réponses.",
        ),
        ({0.0: 1}, "Une seule réponse : 0 minute."),
    ],
)
def test_numbers_are_said_in_the_singular_below_two(values, sentence):
    assert said(Distribution(values), unit="minutes", unit_one="minute") == sentence


def test_a_unit_that_has_no_singular_stays_as_it_is():
    assert said(Distribution({1.0: 1}), unit="km") == "Une seule réponse : 1 km."


def test_one_person_missing_is_said_in_the_singular():
    assert said(Shares(1, {"a": 1}), base=Base(total=2, asked=2, answered=1)) == (
        "Une seule réponse : « A ». 1 personne sur 2 n’a pas répondu."
    )


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{share oui} des structures disent oui.", "40 % des structures disent oui."),
        (
            "{fraction non} des structures disent non.",
            "Plus de la moitié (60 %) des structures disent non.",
        ),
        ("{lead} mène, avec {lead_share} des voix.", "« Non » mène, avec 60 % des voix."),
    ],
)
def test_a_template_that_gives_shares_waits_for_a_base_that_bears_them(template, sentence):
    seven, ten = Shares(7, {"oui": 3, "non": 4}), Shares(10, {"oui": 4, "non": 6})

    assert said(seven, YES_NO, template=template) == "Oui : 3 structures sur 7."
    assert said(ten, YES_NO, template=template) == sentence


def test_a_template_that_gives_counts_serves_a_small_base_too():
    template = "{count oui : structure intervient : structures interviennent} sur {base}."

    assert said(Shares(7, {"oui": 1, "non": 6}), YES_NO, template=template) == (
        "1 structure intervient sur 7."
    )
    assert said(Shares(7, {"oui": 2, "non": 5}), YES_NO, template=template) == (
        "2 structures interviennent sur 7."
    )


def test_sentences_tables_and_measures_need_neither_django_nor_matplotlib():
    code = (
        "import sys; from analysis import sentences, tables; "
        "from analysis.measures import crossing, multiple, nominal, numeric, ordinal; "
        "from analysis.measures import ranking, text; "
        "sys.exit(bool({'django', 'matplotlib'} & sys.modules.keys()))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
