import math
from datetime import date

import pytest

from analysis import tables
from analysis.summaries import Base, Distribution, Quotes, Ranks, Shares
from analysis.tables import Share, Table, class_keys, class_labels, formatted

LABELS = {"oui": "Oui", "non": "Non"}
RANKED = "Public", ("Public n°1", "Public n°2")
BASE = Base(total=10, asked=7, answered=4)


def in_classes(values, edges):
    labels = tables.class_labels(edges, "ans", "an", whole=values.whole)
    return dict(zip(labels, values.counts_between(edges), strict=True))


def test_shares_are_of_who_answered_and_the_others_stand_below():
    table = tables.shares(Shares(4, {"non": 1, "oui": 3}), BASE, LABELS)

    assert table.columns == ("Réponse", "Effectif", "Part")
    assert table.rows == (
        ("Oui", 3, Share(0.75)),
        ("Non", 1, Share(0.25)),
        ("Sans réponse (na)", 3, None),
        ("Question non posée", 3, None),
    )


def test_nobody_has_no_share():
    table = tables.shares(Shares(0, {"oui": 0, "non": 0}), Base(3, 3, 0), LABELS)

    assert table.rows[0] == ("Oui", 0, None)


def test_shares_of_part_of_the_people_can_go_without_a_base():
    table = tables.shares(Shares(4, {"oui": 3, "non": 1}), None, {"oui": "Oui"})

    assert table.rows == (("Oui", 3, Share(0.75)),)


def test_ranks_say_who_is_first_and_mentioned_then_have_a_column_a_place():
    table = tables.ranks(Ranks(4, {"oui": (3, 0), "non": (1, 1)}), BASE, LABELS, *RANKED)

    assert table.columns == (
        *("Public", "Part en n°1", "Mentions", "Part mentionnée", "Rang moyen des mentions"),
        *("Public n°1", "Public n°2"),
    )
    assert table.rows == (
        ("Oui", Share(0.75), 3, Share(0.75), 1.0, 3, 0),
        ("Non", Share(0.25), 2, Share(0.5), 1.5, 1, 1),
        ("Sans réponse (na)", None, 3, None, None, None, None),
        ("Question non posée", None, 3, None, None, None, None),
    )


def test_nobody_has_no_mean_rank():
    table = tables.ranks(Ranks(0, {"oui": (0, 0), "non": (0, 0)}), Base(3, 3, 0), LABELS, *RANKED)

    assert table.rows[0] == ("Oui", None, 0, None, None, 0, 0)


def test_numbers_have_their_statistics_and_their_classes():
    values = Distribution({20.0: 1, 25.0: 2, 40.0: 1})

    table = tables.distribution(values, BASE, in_classes(values, [20, 30, 40, 50]), "ans")

    assert table.rows == (
        ("Réponses", 4, None),
        ("Minimum (ans)", 20, None),
        ("Premier quartile (ans)", 23.75, None),
        ("Médiane (ans)", 25, None),
        ("Moyenne (ans)", 27.5, None),
        ("Troisième quartile (ans)", 28.75, None),
        ("Maximum (ans)", 40, None),
        ("de 20 à 29 ans", 3, Share(0.75)),
        ("de 30 à 39 ans", 0, Share(0.0)),
        ("de 40 à 49 ans", 1, Share(0.25)),
        ("Sans réponse (na)", 3, None),
        ("Question non posée", 3, None),
    )


def test_no_number_has_no_class_and_no_statistic():
    table = tables.distribution(Distribution({}), Base(2, 2, 0), {}, "ans")

    assert [row[1] for row in table.rows] == [0, *[None] * 6, 2, 0]


@pytest.mark.parametrize(
    ("edges", "whole", "labels"),
    [
        ([20, 30, 40], True, ["de 20 à 29 ans", "de 30 à 39 ans"]),
        ([20, 30, math.inf], True, ["de 20 à 29 ans", "30 ans et plus"]),
        ([0, 1, 2, 3], True, ["0 an", "1 an", "2 ans"]),
        ([0, 2, 4], True, ["de 0 à 1 an", "de 2 à 3 ans"]),
        ([20, 30], False, ["de 20 à moins de 30 ans"]),
        ([12, 13], False, ["de 12 à moins de 13 ans"]),
        ([0, 2.5, 5], True, ["de 0 à moins de 2,5 ans", "de 2,5 à moins de 5 ans"]),
        ([0, 50_000], True, ["de 0 à 49\u202f999 ans"]),
    ],
)
def test_a_class_says_which_values_it_holds(edges, whole, labels):
    assert class_labels(edges, "ans", "an", whole=whole) == labels


def test_classes_of_numbers_without_a_unit_have_none():
    assert class_labels([0, 10, math.inf], "", whole=True) == ["de 0 à 9", "10 et plus"]


def test_a_script_knows_rows_by_their_choice_or_by_the_bounds_of_their_class():
    choices = tables.shares(Shares(4, {"non": 1, "oui": 3}), BASE, LABELS)
    edges = [0, 0.5, 60, math.inf]
    values = Distribution({0.0: 1, 70.0: 1})
    keys = class_keys(edges)
    numbers = tables.distribution(values, BASE, in_classes(values, edges), "ans", keys)

    assert [key for key, _ in choices.keyed] == ["oui", "non", "", ""]
    assert keys == ["0..0.5", "0.5..60", "60.."]
    assert [(key, row[0]) for key, row in numbers.keyed if key] == [
        ("0..0.5", "de 0 à moins de 0,5 an"),
        ("0.5..60", "de 0,5 à moins de 60 ans"),
        ("60..", "60 ans et plus"),
    ]


def test_texts_are_counted_as_written_and_as_published():
    table = tables.quotes(Quotes(4, 1), BASE)

    assert table.rows[:2] == (("Textes reçus", 4), ("Textes publiés", 1))
    assert table.rows[2:] == (("Sans réponse (na)", 3), ("Question non posée", 3))


def test_a_crossed_table_has_a_row_for_each_group_with_its_base():
    table = tables.crossed([("Association", Shares(4, {"oui": 3, "non": 1}))], LABELS)

    assert table.columns == ("Groupe", "Oui", "Non", "Réponses")
    assert table.rows == (("Association", 3, 1, 4),)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, "—"),
        (0, "0"),
        (1234, "1\u202f234"),
        (1234.56, "1\u202f234,6"),
        (30.0, "30"),
        (Share(0.38), "38\u202f%"),
        (Share(0.0), "0\u202f%"),
        (Share(0.125), "13\u202f%"),
        ("Oui", "Oui"),
        (date(2021, 3, 5), "05/03/2021"),
    ],
)
def test_cells_are_written_as_french_pages_write_them(cell, words):
    assert formatted(cell) == words


def test_every_row_of_every_table_is_as_long_as_its_header():
    values = Distribution({20.0: 1, 25.0: 2, 40.0: 1})
    made = [
        tables.shares(Shares(4, {"oui": 3, "non": 1}), BASE, LABELS),
        tables.ranks(Ranks(4, {"oui": (3, 0), "non": (1, 1)}), BASE, LABELS, *RANKED),
        tables.distribution(values, BASE, in_classes(values, [20, 30, 40, 50]), "ans"),
        tables.quotes(Quotes(4, 1), BASE),
    ]

    for table in made:
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_table_is_formatted_row_by_row():
    table = Table(("Réponse", "Effectif", "Part"), (("Oui", 1200, Share(0.5)), ("na", 3, None)))

    assert table.formatted == [["Oui", "1\u202f200", "50\u202f%"], ["na", "3", "—"]]
