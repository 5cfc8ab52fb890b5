"""Writes response files as LimeSurvey does, and the mapping that the tests import them by."""

import re

from survey.importing import bringing
from survey.models import Questionnaire

FACTS = ("id", "submitdate", "lastpage", "startlanguage", "seed")
DONE = "2021-02-03 10:20:30"
ESCAPES = {"{": "{lbrace}", "\n": "{newline}", "\r": "{cr}", "\t": "{tab}"}

MAPPING = """
undated: 2021-01-15
consents: {participate: true, publish_texts: true, name_structure: true}
questions:
  nom: {column: Q0}
  type: {column: Q1, others: {"Q1[other]": autre}, choices: {A1: association, A2: mairie}}
  tiers_lieu: {column: Q4}
  forme: {column: Q7}
  outils:
    columns: {"Q2[SQ001]": ordinateur, "Q2[SQ002]": tablette, "Q2[SQ003]": aucun}
    others: {"Q2[other]": autre}
  publics: {ranks: ["Q3[1]", "Q3[2]", "Q3[3]"], choices: {P1: seniors, P2: jeunes, P3: enfants}}
  duree: {column: Q5}
  freins: {column: Q6}
"""
COLUMNS = (
    *("Q0", "Q1", "Q1[other]", "Q4", "Q7", "Q2[SQ001]", "Q2[SQ002]", "Q2[SQ003]", "Q2[other]"),
    *("Q3[1]", "Q3[2]", "Q3[3]", "Q5", "Q6"),
)


def written_csv(headings, rows, delimiter=","):
    """UTF-8 with its mark, CRLF between rows, every cell quoted, formulas behind an apostrophe."""

    def quoted(cell):
        armed = f"'{cell}" if cell.startswith("=") else cell
        return '"' + armed.replace('"', '""') + '"'

    lines = [delimiter.join(map(quoted, row)) for row in (headings, *rows)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def written_vv(headings, rows, descriptions=None):
    """Tabs, a line of descriptions, one of codes; None is a question that was not shown."""

    def escaped(cell):
        if cell is None:
            return "{question_not_shown}"
        return re.sub('^"', "{quote}", re.sub(r"[{\n\r\t]", lambda c: ESCAPES[c[0]], cell))

    described = descriptions or [f"Question {heading}" for heading in headings]
    lines = [described, headings, *([escaped(cell) for cell in row] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def response(number, answers=None, submitted=DONE, blank=""):
    facts = (str(number), submitted, "3", "fr", "12345")
    return [*facts, *((answers or {}).get(column, blank) for column in COLUMNS)]


def responses_file(*rows, delimiter=","):
    return written_csv([*FACTS, *COLUMNS], rows, delimiter)


def vv_file(*rows):
    return written_vv([*FACTS, *COLUMNS], rows)


def bring_in(content, mapping=MAPPING, by=None):
    questionnaire = Questionnaire.objects.current()
    return bringing.bring_in(questionnaire, content, mapping, name="reponses.csv", by=by)


def try_out(content, mapping=MAPPING):
    return bringing.try_out(Questionnaire.objects.current(), content, mapping)


def problems(trial):
    return [
        str(finding).replace("\u00a0", " ").replace("\u202f", " ")
        for finding in trial.findings.problems
    ]


def remarks(trial):
    return [
        str(finding).replace("\u00a0", " ").replace("\u202f", " ")
        for finding in trial.findings.remarks
    ]
