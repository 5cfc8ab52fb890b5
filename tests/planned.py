"""The questionnaire that the demo data answer, and how its answers are counted."""

from collections import Counter
from pathlib import Path

import survey
from survey.questionnaire import read

HERE = Path(survey.__file__).parent
STRUCTURE = read(HERE / "questionnaires" / "conumm.yaml")


def code_of(value):
    return value["choice"] if isinstance(value, dict) else value


def counted(people, code):
    return Counter(code_of(p.answers[code]) for p in people if code in p.answers)
