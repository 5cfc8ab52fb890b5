"""When the people of the demo answered: working hours, two mailings, a tail after each."""

import random
from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
OPENED = datetime(2021, 1, 11, 9, tzinfo=PARIS)
UPDATED = date(2021, 3, 5)
"""The day of the report: nobody answers from then on."""
MAILINGS = {date(2021, 1, 12): 10.0, date(2021, 2, 9): 6.0}
"""How many times an ordinary day's answers came on the day of a mailing."""
HALVED_DAYS = 1.6
"""Working days after which half of a mailing's answers have come."""
WEEKDAYS = (1.0, 1.1, 0.9, 1.1, 0.8, 0.12, 0.1)
HOURS = {7: 1, 8: 3, 9: 8, 10: 10, 11: 9, 12: 3, 13: 4, 14: 9, 15: 8, 16: 7, 17: 4, 18: 1, 20: 2}
HOURS |= {21: 2, 22: 1}


def _weight(day: date) -> float:
    sent = ((day - mailing).days for mailing in MAILINGS)
    waves = (
        weight * 0.5 ** (days / HALVED_DAYS)
        for days, weight in zip(sent, MAILINGS.values(), strict=True)
        if days >= 0
    )
    return WEEKDAYS[day.weekday()] * (0.25 + sum(waves))


_FIRST = OPENED.date()
_DAYS = [_FIRST + timedelta(days=n) for n in range((UPDATED - _FIRST).days)]
_SLOTS = [(day, hour) for day in _DAYS for hour in HOURS if (day, hour) >= (_FIRST, OPENED.hour)]
_STARTS = [datetime.combine(day, time(hour), PARIS) for day, hour in _SLOTS]
_ENDS = list(accumulate(_weight(day) * HOURS[hour] for day, hour in _SLOTS))


def started(place: int, of: int, chance: random.Random) -> datetime:
    """When the person at this place among so many started; later places are never earlier."""
    reached = (place + chance.random()) / of * _ENDS[-1]
    slot = min(bisect_right(_ENDS, reached), len(_SLOTS) - 1)
    before = _ENDS[slot - 1] if slot else 0.0
    seconds = int((reached - before) / (_ENDS[slot] - before) * 3599)
    return _STARTS[slot] + timedelta(seconds=seconds)


def completed(started_at: datetime, chance: random.Random) -> datetime:
    """20 to 50 minutes later, sometimes after a pause of some days."""
    took = timedelta(minutes=chance.randint(20, 49), seconds=chance.randrange(60))
    if chance.random() < 0.12:
        took += timedelta(days=chance.randint(1, 9))
    in_time = (started_at + took).date() < UPDATED
    return started_at + (took if in_time else took % timedelta(days=1))
