"""The plans of the demo data: dates, any seed, any number of respondents."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from survey.demo.plan import OPENED, plan
from survey.kinds import kind_of
from tests.planned import HERE, STRUCTURE, counted

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(scope="module")
def people():
    return list(plan(STRUCTURE))


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
        "import django\n"
        "django.setup()\n"
        "from survey.demo.plan import plan\n"
        "from tests.planned import STRUCTURE\n"
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
