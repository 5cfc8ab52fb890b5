"""Which regions a sentence names, and how counts fall into the classes of a map."""

import pytest

from analysis import declarations, sentences
from analysis.declarations import BlockSpec
from analysis.showing import places
from analysis.showing.shown import Shown
from analysis.summaries import Base, Shares
from analysis.wording import Facts, Noun, Wording
from survey.kinds.department import Department
from survey.questionnaire import QuestionSpec

PEOPLE = Noun("personne", "personnes", feminine=True)
TEMPLATE = "{base : personne a indiqué son : personnes ont indiqué leur} département, {places}."
QUESTION = QuestionSpec(
    "departement", "department", "Département", "Lequel ?", choices=Department.own_choices
)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def said(regions):
    base = sum(regions.values())
    wording = Wording(
        {"44": "Loire-Atlantique (44)"},
        PEOPLE,
        template=TEMPLATE,
        within=declarations.within("regions"),
    )
    facts = Facts(
        Shares(base, {"44": base}), Base(base, base, base), wording, grouped=Shares(base, regions)
    )
    return plain(sentences.sentence(facts)).removeprefix(f"{base} personnes ont indiqué leur ")


@pytest.mark.parametrize(
    ("regions", "sentence"),
    [
        ({"Pays de la Loire": 0}, "Aucune réponse pour l’instant."),
        ({"Pays de la Loire": 1}, "Une seule réponse : « Loire-Atlantique (44) »."),
        ({"La Réunion": 2}, "département, toutes deux à La Réunion."),
        ({"Corse": 12}, "département, toutes en Corse."),
        (
            {"Pays de la Loire": 54, "Bretagne": 10},
            "département, dont 54 dans les Pays de la Loire.",
        ),
        (
            {"Grand Est": 9, "Bretagne": 8, "Mayotte": 7},
            "département, le plus souvent dans le Grand Est (9).",
        ),
        (
            {"Hors de France": 2, "Mayotte": 1, "Corse": 1},
            "département, le plus souvent hors de France (2).",
        ),
        (
            {"Bretagne": 10, "Hauts-de-France": 10},
            "département, à parts égales en Bretagne et dans les Hauts-de-France "
            "(10 à chaque fois).",
        ),
        (
            {"Bretagne": 5, "Mayotte": 5, "Corse": 3},
            "département, le plus souvent en Bretagne et à Mayotte (5 à chaque fois).",
        ),
        (
            {"Bretagne": 1, "Mayotte": 1, "Corse": 1, "Normandie": 1},
            "Toutes les personnes répondent « Loire-Atlantique (44) » (4 sur 4).",
        ),
    ],
)
def test_the_leading_region_is_named_with_its_count_and_its_own_preposition(regions, sentence):
    assert said(regions) == sentence


def test_every_region_says_how_one_is_in_it():
    words = declarations.within("regions")

    assert words["Île-de-France"] == "en Île-de-France"
    assert len(words) == 19
    for label, within in words.items():
        assert within.casefold().endswith(label.casefold())


@pytest.mark.parametrize(
    ("most", "edges"),
    [
        (0, []),
        (1, [1]),
        (4, [1, 2, 3, 4]),
        (5, [1, 2, 5]),
        (30, [1, 2, 5, 10]),
        (2000, [1, 5, 50, 200]),
    ],
)
def test_classes_widen_as_counts_do(most, edges):
    assert places.lower_edges(most) == edges


def drawn(counts, **more):
    of_all = dict.fromkeys(QUESTION.choice_codes, 0) | counts
    shares = Shares(sum(counts.values()), of_all, **more)
    return places.map_of(Shown(QUESTION, None, shares, PEOPLE, BlockSpec(map="departments")))


def test_the_legend_counts_places_and_names_who_is_on_none():
    shown = drawn({"44": 30, "49": 10, "85": 7, "974": 1, "hors_de_france": 2})

    assert shown.counts == (("44", 30), ("49", 10), ("85", 7), ("974", 1))
    assert [plain(each.text) for each in shown.classes] == [
        "1 réponse : 1 département",
        "5 à 9 réponses : 1 département",
        "10 à 30 réponses : 2 départements",
    ]
    assert plain(shown.nobody) == "Aucune réponse : 97 départements"
    assert plain(shown.outside) == "Hors de France : 2 réponses"


def test_a_hidden_count_looks_like_none_on_the_map():
    shown = drawn({"44": 18, "49": 0}, is_protected=True)

    assert shown.counts == (("44", 18),)
    assert plain(shown.nobody) == "Personne, ou trop peu pour être dit : 100 départements"
    assert shown.outside == ""


def test_a_block_that_declares_no_map_has_none():
    shares = Shares(1, {"44": 1})

    assert places.map_of(Shown(QUESTION, None, shares, PEOPLE, BlockSpec())) is None
