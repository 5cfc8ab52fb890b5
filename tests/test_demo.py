"""The figures of 2021, on the report that the demo data give."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import survey
from analysis import commentary, guards, live
from analysis.models import Commentary
from survey.demo.plan import plan
from survey.kinds import kind_of
from survey.models import Answer, Decision, Respondent
from survey.questionnaire import read

FILE = Path(survey.__file__).parent / "questionnaires" / "conumm.yaml"


@pytest.fixture
def report(db):
    call_command("load_questionnaire", stdout=io.StringIO())
    call_command("load_demo", stdout=io.StringIO())
    return live.report()


def counts(report, code):
    shares = report.blocks[code].figures["shares"]
    return {share["choice"]: share["count"] for share in shares if share["count"]}


def share(report, code, choice):
    return next(s["share"] for s in report.blocks[code].figures["shares"] if s["choice"] == choice)


def rows(report, code, place=0):
    return report.blocks[code].details[place].table.rows


def test_the_demo_data_give_the_figures_of_2021(report):
    assert (report.respondents.total, report.respondents.complete) == (95, 64)
    assert report.respondents.partial == 31

    departments = report.blocks["departement"]
    assert departments.base.answered == 64
    assert dict(row[:2] for row in rows(report, "departement"))["Pays de la Loire"] == 54
    assert departments.sentence == (
        "64 personnes ont indiqué leur département, dont 54 dans les Pays de la Loire."
    )
    on_map = dict(departments.map.counts)
    assert (on_map["44"], on_map["49"], len(on_map)) == (30, 10, 12)

    last = report.blocks["participation"].figures["curve"][-1]
    assert (last["responses"], last["complete"]) == (95, 64)

    assert counts(report, "structure_type") == {
        "association": 36,
        "collectivite": 22,
        "auto_entrepreneur": 3,
        "acteur_public": 1,
        "entreprise": 1,
    }
    table = rows(report, "structure_type")
    assert len(table) == 63
    by_department = [row[2].rpartition("(")[2].rstrip(")") for row in table]
    expected = {"44": 29, "49": 10, "85": 7, "72": 6, "35": 4}
    expected |= dict.fromkeys(["21", "29", "45", "53", "59", "63", "93"], 1)
    assert {code: by_department.count(code) for code in set(by_department)} == expected

    assert round(share(report, "tiers_lieu", "oui"), 2) == 0.38
    assert counts(report, "activites_numeriques")["aucune"] == 4
    assert share(report, "seances_format", "collectif") == 0.65
    assert round(share(report, "part_mediation", "plein_temps"), 2) == 0.33
    assert share(report, "equipe", "equipe") == 0.7
    assert counts(report, "domicile")["oui"] == 8
    assert "toutes des associations" in report.blocks["domicile"].sentence
    assert 0.5 < share(report, "distanciel", "oui") < 0.6
    assert len(rows(report, "publics_csp")) == 6

    unconcerned = {c: b.base.not_concerned for c, b in report.blocks.items()}
    assert unconcerned["handicap_acces"] == 5
    assert unconcerned["handicap_refus"] == 7
    assert unconcerned["evolution_structure"] == 3
    assert unconcerned["distanciel_animation"] == 1
    assert not any(unconcerned[code] for code in ("tiers_lieu", "publics_age", "etat_esprit"))

    none, alone = report.blocks["activites_numeriques"], report.blocks["equipe"]
    assert none.sentence.startswith("4 structures ne proposent ni initiation ni formation, toutes")
    assert "7 associations et 6 collectivités territoriales" in alone.sentence
    # The five of other types are too few to stand apart from who gave no type.
    assert [row[0] for row in rows(report, "equipe")] == [
        *("Association", "Collectivité territoriale", "Autres groupes, ou sans réponse")
    ]

    ages = {rank["choice"]: rank for rank in report.blocks["publics_age"].figures["ranks"]}
    first = sorted(ages, key=lambda code: -ages[code]["counts"][0])
    assert first[:2] == ["seniors", "adultes_30_60"]
    jobs = {rank["choice"]: rank for rank in report.blocks["publics_csp"].figures["ranks"]}
    assert max(jobs, key=lambda code: jobs[code]["counts"][0]) == "retraites"
    assert max(jobs, key=lambda code: jobs[code]["mentioned"]) == "sans_activite"

    # Through the doors that people use: every text read has its line in the log, some are pending.
    decided = Answer.objects.exclude(verdict="pending")
    assert Decision.objects.count() == decided.count() > 200
    assert Answer.objects.filter(verdict="pending").exclude(text="").count() >= 10
    assert Answer.objects.filter(verdict="redacted").count() == 4


def test_the_demo_commentaries_cite_figures_that_exist_and_one_is_to_be_reviewed(report):
    call_command("load_demo_commentary", stdout=io.StringIO())

    places = []
    for written in Commentary.objects.all():
        assert commentary.problems(written.body, report) == []
        assert guards.problems(written.guards, report) == []
        assert written.base > 0
        places.append((written.place, commentary.state_of(written, report)))
    assert places == [
        ("structure_type", "current"),
        ("domicile", "current"),
        ("part_mediation", "review"),
    ]
    with pytest.raises(CommandError, match="commentaries already"):
        call_command("load_demo_commentary")


def test_the_demo_commentaries_want_a_questionnaire(db):
    with pytest.raises(CommandError, match="Load the questionnaire first"):
        call_command("load_demo_commentary")


def test_the_plan_is_the_same_each_time_and_every_answer_is_acceptable():
    structure = read(FILE)
    planned = list(plan(structure))

    assert planned == list(plan(structure))
    for person in planned:
        assert person.answers
        for code, value in person.answers.items():
            question = structure.questions[code]
            assert kind_of(question).clean(question, value) == value


def test_many_are_written_at_once_with_the_same_shape(db):
    call_command("load_questionnaire", stdout=io.StringIO())
    call_command("load_demo", respondents=300, stdout=io.StringIO())
    report = live.report()

    assert Respondent.objects.count() == report.respondents.total == 300
    assert 0.5 < report.respondents.complete / 300 < 0.85
    assert 0.25 < share(report, "tiers_lieu", "oui") < 0.5
    assert Decision.objects.count() == Answer.objects.exclude(verdict="pending").count()
