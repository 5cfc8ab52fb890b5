"""The plan of the demo data: the figures of 2021, counted here by hand from the answers."""

import re
from collections import Counter

import pytest

from survey.demo import data
from survey.demo.plan import plan
from survey.kinds import NOT_CONCERNED, kind_of
from tests.planned import STRUCTURE, code_of, counted

# Distinctive words of the names of the structures that answered in 2021.
WORDS_OF_2021 = (
    "369 14bis 4cps accoord adelis aicla ancenis argos baugeois bouguenais bretagne cceg "
    "chemillois cnph douessin girpeh glazik gleam goscinny guérande labomedia malakoff mamers "
    "marolles mediagraph nantes nvpdl nâga pdtps ping piverdiere pornic rezéenne saosnois scoope "
    "snalis tkpx turmelière vitré"
)


@pytest.fixture(scope="module")
def people():
    return list(plan(STRUCTURE))


def is_asked(person, code):
    condition = STRUCTURE.questions[code].condition
    if condition is None:
        return True
    parent = code_of(person.answers.get(condition.question))
    if condition.any_of:
        return parent in condition.any_of
    return parent is not None and parent not in condition.none_of


def test_95_people_answered_64_to_the_end(people):
    assert len(people) == 95
    assert sum(p.completed_at is not None for p in people) == 64
    assert sum(p.completed_at is None for p in people) == 31
    assert all(p.answers for p in people)
    assert all(p.consents[0] for p in people)


def test_the_31_others_stopped_here_and_there_some_after_the_first_questions(people):
    sections = {q.code: n for n, s in enumerate(STRUCTURE.sections, 1) for q in s.questions}
    partial = [p for p in people if p.completed_at is None]
    last = Counter(max(sections[code] for code in p.answers) for p in partial)

    assert last[2] == 7
    assert len(last) >= 6
    assert 11 not in last
    assert sum(len(p.answers) <= 3 for p in partial) >= 10


def test_64_departments_are_known_54_of_them_in_pays_de_la_loire(people):
    departments = counted(people, "departement")

    assert departments == {"44": 30, "49": 10, "85": 7, "72": 6, "35": 4} | dict.fromkeys(
        ["21", "29", "45", "53", "59", "63", "93"], 1
    )
    assert sum(departments.values()) == 64
    assert sum(departments[code] for code in ("44", "49", "53", "72", "85")) == 54


def test_63_structures_are_named_with_type_department_and_consent(people):
    named = [p for p in people if "structure_nom" in p.answers]

    assert len({p.answers["structure_nom"] for p in named}) == len(named) == 63
    assert all(p.consents[2] and p.verdicts["structure_nom"] == "approved" for p in named)
    assert counted(named, "departement") == {"44": 29, "49": 10, "85": 7, "72": 6, "35": 4} | (
        dict.fromkeys(["21", "29", "45", "53", "59", "63", "93"], 1)
    )
    assert counted(named, "structure_type") == {
        "association": 36,
        "collectivite": 22,
        "auto_entrepreneur": 3,
        "acteur_public": 1,
        "entreprise": 1,
    }


def test_one_more_gave_a_department_and_nobody_else_anything_of_a_structure(people):
    others = [p for p in people if "structure_nom" not in p.answers]

    assert [p.answers["departement"] for p in others if "departement" in p.answers] == ["44"]
    assert not any({"structure_type", "structure_communication"} & p.answers.keys() for p in others)


def test_structures_are_those_of_the_file_and_sites_stand_under_example_alone(people):
    named = {(s["name"], s["type"], s["department"]) for s in data.structures()}
    answered = {
        tuple(p.answers[c] for c in ("structure_nom", "structure_type", "departement"))
        for p in people
        if "structure_nom" in p.answers
    }
    sites = re.findall(r"[\w-]+(?:\.[\w-]+)+(?=[/\s]|$)", " ".join(map(str, _communications())))

    assert answered == named
    assert len(sites) > 40
    assert [s for s in sites if not s.endswith(".example")] == ["un.clavier.a.soi"]


def _communications():
    for structure in data.structures():
        site = structure.get("communication", "")
        yield re.sub(r"@\S+", "", site)


def test_no_structure_of_the_demo_is_one_that_answered_in_2021():
    words = {w for s in data.structures() for w in re.findall(r"\w+", s["name"].lower())}

    assert len(words) > 100
    assert words.isdisjoint(WORDS_OF_2021.split())


def test_24_structures_of_63_are_tiers_lieux_and_four_offer_no_activity(people):
    assert counted(people, "tiers_lieu") == {"oui": 24, "non": 39}
    assert round(24 / 63 * 100) == 38

    activities = counted(people, "activites_numeriques")
    none = [p for p in people if p.answers.get("activites_numeriques") == "aucune"]
    assert activities["aucune"] == len(none) == 4
    assert all("structure_type" in p.answers for p in none)


def test_sessions_are_collective_part_time_and_in_a_team_as_in_2021(people):
    formats, parts = counted(people, "seances_format"), counted(people, "part_mediation")

    assert (formats["collectif"], sum(formats.values())) == (39, 60)  # 65 %
    assert (parts["plein_temps"], sum(parts.values())) == (20, 60)  # a third
    assert counted(people, "equipe") == {"equipe": 42, "seul": 18}  # 70 % and 30 %
    assert counted(people, "distanciel") == {"oui": 34, "non": 27}  # 56 %


def test_eight_go_to_peoples_homes_all_of_them_associations(people):
    at_home = [p for p in people if p.answers.get("domicile") == "oui"]

    assert len(at_home) == 8
    assert {p.answers["structure_type"] for p in at_home} == {"association"}


def test_the_self_employed_work_alone_and_not_at_home(people):
    alone = [p for p in people if p.answers.get("structure_type") == "auto_entrepreneur"]

    assert [(p.answers["equipe"], p.answers["domicile"]) for p in alone] == [("seul", "non")] * 3


def ranks(people, code):
    rankings = [p.answers[code] for p in people if code in p.answers]
    return Counter(r[0] for r in rankings), Counter(item for r in rankings for item in r)


def test_seniors_come_first_then_adults_and_the_young_and_children_less(people):
    first, mentioned = ranks(people, "publics_age")

    assert [code for code, _ in first.most_common(2)] == ["seniors", "adultes_30_60"]
    assert (first["seniors"], first["adultes_30_60"]) == (46, 20)
    assert (first["jeunes"], first["enfants"]) == (6, 5)
    assert [code for code, _ in mentioned.most_common(2)] == ["adultes_30_60", "seniors"]
    assert (mentioned["jeunes"], mentioned["enfants"]) == (41, 38)


def test_the_retired_come_first_and_people_without_work_are_mentioned_most(people):
    first, mentioned = ranks(people, "publics_csp")

    assert first.most_common(1) == [("retraites", 35)]
    assert mentioned.most_common(2) == [("sans_activite", 69), ("retraites", 62)]


def test_six_named_structures_put_students_first_or_second(people):
    ahead = [p for p in people if "etudiants" in p.answers.get("publics_csp", [])[:2]]

    assert len(ahead) == 6
    assert all(p.answers["structure_nom"] and p.answers["structure_communication"] for p in ahead)
    assert sum("etudiants" in p.answers.get("publics_csp", []) for p in people) == 20


def test_only_asked_questions_are_answered_but_three(people):
    dormant = [(code, p) for p in people for code in p.answers if not is_asked(p, code)]

    assert sorted(code for code, _ in dormant) == [
        "autres_activites",
        "distanciel_outils",
        "tiers_lieu_forme",
    ]
    by_code = dict(dormant)
    assert by_code["tiers_lieu_forme"].answers["tiers_lieu"] == "non"
    assert by_code["distanciel_outils"].answers["distanciel"] == "non"
    assert by_code["autres_activites"].answers["part_mediation"] == "plein_temps"
    assert by_code["autres_activites"].verdicts["autres_activites"] == "approved"


def test_every_question_has_answers_and_most_are_left_by_some(people):
    answered = {code: sum(code in p.answers for p in people) for code in STRUCTURE.questions}

    assert min(answered.values()) >= 8
    assert max(answered.values()) < 95


def test_some_say_that_a_question_does_not_concern_them(people):
    marked = Counter(c for p in people for c, v in p.answers.items() if v == NOT_CONCERNED)

    assert marked == {
        "handicap_acces": 5,
        "handicap_refus": 7,
        "equipements_origine": 4,
        "seances_nombre": 2,
        "distanciel_animation": 1,
        "evolution_structure": 3,
    }


def test_every_answer_is_accepted_as_it_stands(people):
    for person in people:
        for code, value in person.answers.items():
            question = STRUCTURE.questions[code]
            cleaned = kind_of(question).clean(question, value)
            assert (cleaned, type(cleaned)) == (value, type(value))


def test_numbers_are_those_of_working_people(people):
    ages = [p.answers["age"] for p in people if "age" in p.answers]
    years = [p.answers["anciennete"] for p in people if "anciennete" in p.answers]
    both = [p.answers for p in people if {"age", "anciennete"} <= p.answers.keys()]

    assert 21 <= min(ages) < 26
    assert 58 < max(ages) <= 64
    assert any(isinstance(n, float) for n in years)
    assert all(answers["anciennete"] <= answers["age"] - 18 for answers in both)
