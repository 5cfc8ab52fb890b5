"""What the admin exports: made, edited, imported again, and what the database then holds."""

import csv
import io

import pytest

from survey import coding, exporting
from survey.importing import bringing
from survey.models import Answer, Choice, Import, Questionnaire, Respondent

JSON, CSV = exporting.as_json, exporting.as_csv
either = pytest.mark.parametrize("export", [JSON, CSV])


def exported(export=JSON):
    return b"".join(export(Questionnaire.objects.current(), Respondent.objects.all()))


def bring_in(content, by=None):
    return bringing.bring_in(Questionnaire.objects.current(), content, name="export", by=by)


def saved_by_a_spreadsheet(content, delimiter=";", mark="\ufeff", end="\n"):
    """The same cells, as a program that separates, ends and marks otherwise writes them."""
    output = io.StringIO()
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    csv.writer(output, delimiter=delimiter, lineterminator=end).writerows(rows)
    return (mark + output.getvalue()).encode()


def edited(content, edit):
    """The CSV with its rows changed, by what is done to them as dictionaries."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows = list(reader)
    edit(rows)
    output = io.StringIO()
    writer = csv.DictWriter(output, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue().encode()


def emptied():
    """As a database into which nothing was ever brought."""
    Respondent.objects.all().delete()
    Import.objects.all().delete()
    Questionnaire.objects.update(last_number=0)
    coding.forget_unused(Questionnaire.objects.current())


def stored():
    facts = (
        *("number", "started_at", "updated_at", "completed_at", "verdict", "verdict_reason"),
        *("agreed_to_participate", "agreed_to_publish", "agreed_to_name_structure", "mode"),
    )
    columns = (
        *("respondent__number", "question__code", "shape", "choice__code", "rank", "number"),
        *("text", "verdict", "public_text", "coded_as__code"),
    )
    answers = Answer.objects.order_by("respondent__number", "question", "choice", "rank")
    return list(Respondent.objects.values_list(*facts)), list(answers.values_list(*columns))


def added():
    choices = Choice.objects.filter(added=True).order_by("question", "position")
    return list(choices.values_list("question__code", "code", "label", "position"))
