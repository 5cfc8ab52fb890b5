from datetime import date, timedelta

import pandas as pd
import pytest

from analysis import participation
from analysis.participation import Day, Participation

JANUARY, MARCH = date(2021, 1, 12), date(2021, 3, 5)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def people(*rows):
    """Each when they started and when they finished."""
    return pd.DataFrame(rows, columns=["day", "completed_on"], dtype=object)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "Aucune réponse pour l’instant."),
        ([Day(JANUARY, 1, 0)], "Une seule réponse, partielle, reçue le 12 janvier 2021."),
        (
            [Day(JANUARY, 1, 0), Day(date(2021, 1, 14), 1, 1)],
            "Une seule réponse, complète, reçue le 12 janvier 2021.",
        ),
        ([Day(date(2021, 3, 1), 3, 0)], "3 réponses reçues le 1er mars 2021, toutes partielles."),
        (
            [Day(JANUARY, 1, 1), Day(date(2021, 1, 30), 12, 12)],
            "12 réponses reçues du 12 au 30 janvier 2021, toutes complètes.",
        ),
        (
            [Day(JANUARY, 2, 1), Day(MARCH, 95, 64)],
            "95 réponses reçues du 12 janvier au 5 mars 2021 : 64 complètes et 31 partielles.",
        ),
        (
            [Day(date(2020, 12, 28), 1, 1), Day(date(2021, 1, 1), 1234, 1233)],
            "1 234 réponses reçues du 28 décembre 2020 au 1er janvier 2021 : "
            "1 233 complètes et 1 partielle.",
        ),
    ],
)
def test_participation_is_said_with_its_period(days, sentence):
    assert plain(Participation(tuple(days)).sentence) == sentence


def test_counts_cumulate_by_the_day_of_starting_and_that_of_finishing():
    first, second, third = (JANUARY + timedelta(days=n) for n in (0, 1, 4))
    told = participation.of(people((first, third), (first, None), (second, second)))

    assert told.days == (Day(first, 2, 0), Day(second, 3, 1), Day(third, 3, 2))
    assert told.figures["curve"][-1] == {"date": "2021-01-16", "responses": 3, "complete": 2}
    assert told.table.rows[-1] == (third, 3, 2, 1)


def test_nobody_yet_has_an_empty_curve():
    told = participation.of(people())

    assert told.days == ()
    assert told.chart.points == ()
    assert told.table.rows == ()


def test_a_long_campaign_has_a_row_a_week_and_a_tick_a_month():
    days = [Day(date(2021, 1, 12) + timedelta(days=n), n + 1, n) for n in range(70)]
    told = Participation(tuple(days))

    assert told.table.columns[0] == "Semaine du"
    assert told.table.rows[0] == (date(2021, 1, 11), 6, 5, 1)
    assert len(told.table.rows) == 11
    assert [tick.text for tick in told.chart.ticks] == ["février", "mars"]


@pytest.mark.parametrize(
    ("lasted", "first", "texts"),
    [
        (3, JANUARY, ["12 janvier", "13 janvier", "14 janvier"]),
        (21, JANUARY, ["18 janvier", "25 janvier", "1er février"]),
        (100, date(2020, 11, 30), ["décembre 2020", "janvier 2021", "février 2021", "mars 2021"]),
    ],
)
def test_ticks_are_days_mondays_or_months(lasted, first, texts):
    days = (Day(first, 1, 0), Day(first + timedelta(days=lasted - 1), 2, 1))

    assert [tick.text for tick in Participation(days).chart.ticks] == texts
