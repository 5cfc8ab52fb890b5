"""When what is public last changed, and of whom; it is given out through `publication`."""

from django.db.models import Max

from survey.models import Erasure, Questionnaire, Respondent


def changed(code: str, since: int) -> frozenset[int]:
    """The numbers of those of whom something public changed after this revision."""
    after = {"questionnaire__code": code, "revision__gt": since}
    people = (Respondent.objects.filter(**after), Erasure.objects.filter(**after))
    return frozenset(n for rows in people for n in rows.values_list("number", flat=True))


def last_change(code: str, up_to: int) -> tuple[int, int]:
    """The questionnaire's revision, and the last one that changed anything of these first numbers.

    `up_to`: the last of the numbers.
    """
    first = {"questionnaire__code": code, "number__lte": up_to}
    asked = Questionnaire.objects.values_list("structure_revision", flat=True).get(code=code)
    people = (rows.objects.filter(**first) for rows in (Respondent, Erasure))
    return asked, max(rows.aggregate(last=Max("revision"))["last"] or 0 for rows in people)


def last_number(code: str) -> int:
    """The last number that was given to a respondent."""
    return Questionnaire.objects.values_list("last_number", flat=True).get(code=code)
