"""The plan of the demo data: the figures of 2021, counted here by hand from the answers."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import survey
from survey.demo import data
from survey.demo.plan import OPENED, plan
from survey.kinds import NOT_CONCERNED, kind_of
from survey.questionnaire import read

HERE = Path(survey.__file__).parent
STRUCTURE = read(HERE / "questionnaires" / "conumm.yaml")
PARIS = ZoneInfo("Europe/Paris")
LONG_TEXTS = [code for code, q in STRUCTURE.questions.items() if q.kind == "long_text"]

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


def code_of(value):
    return value["choice"] if isinstance(value, dict) else value


def counted(people, code):
    return Counter(code_of(p.answers[code]) for p in people if code in p.answers)


def texts(people):
    """Every long text: who wrote it, where, and what became of it."""
    return [
        (p, code, p.answers[code], p.verdicts.get(code))
        for p in people
        for code in LONG_TEXTS
        if p.answers.get(code, NOT_CONCERNED) != NOT_CONCERNED
    ]


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


def test_every_text_of_the_file_is_written_once_and_some_wait(people):
    written = texts(people)
    dormant = [entry["answer"] for entry in data.dormant() if entry["question"] in LONG_TEXTS]
    pool = [entry["text"].strip() for entries in data.texts().values() for entry in entries]

    assert sorted(text for _, _, text, _ in written) == sorted(pool + dormant)
    assert len(pool) >= 180
    readable = Counter(
        verdict if isinstance(verdict, str | None) else "redacted"
        for person, _, _, verdict in written
        if person.consents[1]
    )
    assert (readable[None], readable["redacted"], readable["rejected"]) == (12, 4, 3)
    assert readable["approved"] > 130


def test_texts_of_whoever_did_not_agree_have_no_verdict(people):
    private = [verdict for person, _, _, verdict in texts(people) if not person.consents[1]]

    assert len(private) > 10
    assert set(private) == {None}
    assert all(
        code in ("structure_nom", "structure_communication")
        for p in people
        if not p.consents[1]
        for code in p.verdicts
    )


def test_redacted_texts_go_out_without_what_is_personal(people):
    public = [v[1] for _, _, _, v in texts(people) if isinstance(v, tuple)]

    assert len(public) == 4
    assert all("[…]" in text for text in public)
    assert not any(
        word in text for text in public for word in ("01 99", "@", "Guérin", "Morandeau")
    )


def test_texts_are_short_and_long(people):
    lengths = sorted(len(text.split()) for _, _, text, _ in texts(people))

    assert lengths[0] <= 2
    assert lengths[len(lengths) // 2] < 20
    assert 150 < lengths[-2] <= lengths[-1] <= 250


def test_reasons_suit_the_state_of_mind_they_explain(people):
    for entry in data.texts()["etat_esprit_raison"]:
        author = next(
            p for p in people if p.answers.get("etat_esprit_raison") == entry["text"].strip()
        )
        assert author.answers["etat_esprit"] in entry["if"]["etat_esprit"]


def test_every_precision_after_autre_is_somebodys(people):
    written = Counter(
        (code, item["other"])
        for p in people
        for code, value in p.answers.items()
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, dict) and item != NOT_CONCERNED
    )

    assert written == Counter(
        (code, words) for code, listed in data.precisions().items() for words in listed
    )


def test_people_start_in_two_waves_within_the_campaign_and_finish_soon_after(people):
    starts = [p.started_at for p in people]
    days = Counter(start.astimezone(PARIS).date() for start in starts)
    took = [p.completed_at - p.started_at for p in people if p.completed_at]

    assert starts == sorted(starts)
    assert all(start.tzinfo is not None for start in starts)
    assert starts[0] >= OPENED
    assert date(2021, 1, 11) <= min(days) <= max(days) <= date(2021, 3, 5)
    assert [day for day, _ in days.most_common(2)] == [date(2021, 1, 12), date(2021, 2, 9)]
    assert sum(9 <= start.astimezone(PARIS).hour < 18 for start in starts) > 70
    assert all(
        timedelta(minutes=20) <= t % timedelta(days=1) <= timedelta(minutes=50) for t in took
    )
    assert 3 <= sum(t > timedelta(days=1) for t in took) <= 15
    assert max(p.completed_at for p in people if p.completed_at).date() <= date(2021, 3, 5)


def test_the_plan_is_the_same_in_any_process_and_another_with_another_seed(people):
    script = (
        "from tests.survey.test_demo_plan import STRUCTURE, plan\n"
        "import hashlib\n"
        "print(hashlib.sha256(repr(list(plan(STRUCTURE))).encode()).hexdigest())"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "conumm.settings", "SECRET_KEY": "x"}
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=environment | {"PYTHONHASHSEED": hash_seed},
            cwd=HERE.parent,
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }

    assert len(outputs) == 1
    assert people == list(plan(STRUCTURE))
    assert people != list(plan(STRUCTURE, seed=1))


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_figures_hold_with_any_seed(seed):
    people = list(plan(STRUCTURE, seed=seed))

    assert (len(people), sum(p.completed_at is not None for p in people)) == (95, 64)
    assert all(p.answers for p in people)
    assert counted(people, "tiers_lieu") == {"oui": 24, "non": 39}
    assert counted(people, "equipe") == {"equipe": 42, "seul": 18}
    assert sum("etudiants" in p.answers.get("publics_csp", [])[:2] for p in people) == 6


def test_many_have_the_same_shape_and_come_quickly():
    before = time.monotonic()
    many = list(plan(STRUCTURE, respondents=10_000))
    took = time.monotonic() - before

    assert len(many) == 10_000
    assert took < 10
    assert 0.65 < sum(p.completed_at is not None for p in many) / 10_000 < 0.7
    places = counted(many, "tiers_lieu")
    assert 0.36 < places["oui"] / sum(places.values()) < 0.4
    assert [p.started_at for p in many] == sorted(p.started_at for p in many)
    assert all(p.answers for p in many)
    assert (
        len({str(p.answers["seances_nombre"]) for p in many if "seances_nombre" in p.answers}) > 60
    )
    assert len({repr(p.answers) for p in many if p.completed_at}) > 6_000


def test_each_of_many_is_acceptable_and_only_consenting_texts_are_judged():
    for person in plan(STRUCTURE, respondents=1_000):
        for code, value in person.answers.items():
            question = STRUCTURE.questions[code]
            assert kind_of(question).clean(question, value) == value
        names = ("structure_nom", "structure_communication")
        judged = [code for code in person.verdicts if code not in names]
        assert person.consents[1] or not judged
        assert person.verdicts.keys() <= person.answers.keys()


@pytest.mark.parametrize("respondents", [0, 1, 94, 96])
def test_any_number_can_be_planned(respondents):
    assert len(list(plan(STRUCTURE, respondents=respondents))) == respondents
