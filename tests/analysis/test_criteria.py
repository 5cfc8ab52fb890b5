import pytest

from analysis import criteria, frame
from survey import filling, publication
from tests.factories import STRUCTURE, respondent


@pytest.fixture
def answers(questionnaire):
    """Numbers 1 to 5; the last one answered nothing but where they work."""
    given = [
        {"type": "association", "outils": ["ordinateur", "tablette"], "duree": 60},
        {"type": "mairie", "outils": ["tablette"], "duree": 90.5},
        {"type": "autre", "outils": ["aucun"], "duree": 30},
        {"type": "mairie", "publics": ["jeunes", "seniors", "enfants"], "humeur": "haute"},
        {"nom": "Le Phare"},
    ]
    for each in given:
        respondent(each)
    return lambda: frame.build(STRUCTURE, publication.changes("conumm"))


@pytest.mark.parametrize(
    ("conditions", "numbers"),
    [
        (["type is association or mairie"], {1, 2, 4}),
        (["type is not association or mairie"], {3}),
        (["humeur is haute"], {4}),
        (["outils has ordinateur"], {1}),
        (["outils has ordinateur or aucun"], {1, 3}),
        (["outils has not ordinateur or autre"], {2, 3}),
        (["publics.seniors ranked 1"], set()),
        (["publics.seniors ranked 1 or 2"], {4}),
        (["duree over 60"], {2}),
        (["duree at least 60"], {1, 2}),
        (["duree under 60.5"], {1, 3}),
        (["duree at most 30"], {3}),
        (["type is mairie", "outils has tablette"], {2}),
    ],
)
def test_conditions_keep_those_for_whom_all_hold(answers, conditions, numbers):
    assert criteria.kept(conditions, answers()) == numbers


def test_no_condition_keeps_everybody(answers):
    assert criteria.kept([], answers()) is None


def test_an_answer_no_longer_asked_keeps_nobody(questionnaire):
    person = respondent({"tiers_lieu": "oui", "forme": "de_fait"})
    filling.save(person, 1, {"tiers_lieu": "non"})
    answers = frame.build(STRUCTURE, publication.changes("conumm"))

    assert criteria.kept(["forme is de_fait"], answers) == frozenset()


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("", 'begins with no question; write "question is choice"'),
        ("metier is x", "begins with no question"),
        ("freins is x", '"freins" holds texts'),
        ("type", 'of "type", write "type is association"'),
        ("type = association", 'of "type", write "type is association"'),
        ("type has association", 'of "type", write "type is association"'),
        ("type.association is x", 'of "type", write "type is association"'),
        ("type is association and mairie", 'of "type", write "type is association"'),
        ("type is péniche", 'names "péniche"; write one of association, mairie, autre'),
        ("outils is tablette", 'of "outils", write "outils has ordinateur"'),
        ("outils has drone", 'names "drone"; write one of ordinateur, tablette, autre, aucun'),
        ("publics ranked 1", 'of "publics", write "publics.seniors ranked 1 or 2"'),
        ("publics.seniors ranked 0", 'write "publics.seniors ranked 1 or 2"'),
        ("publics.seniors ranked 4", 'write "publics.seniors ranked 1 or 2"'),
        ("publics.bebes ranked 1", 'names "bebes"; write one of seniors, jeunes, enfants'),
        ("duree over une heure", 'of "duree", write "duree over 60"'),
        ("duree over 60 or 90", 'of "duree", write "duree over 60"'),
    ],
)
def test_a_condition_that_says_nothing_is_told_what_to_write(condition, problem):
    assert problem in criteria.problem(condition, STRUCTURE)


def test_a_sound_condition_has_no_problem():
    for condition in ("type is not autre", "publics.seniors ranked 3", "duree at least -1.5"):
        assert criteria.problem(condition, STRUCTURE) == ""
