"""Who may have answered twice, and why it looks so; nothing is decided here."""

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations

from django.db.models import Count, Q, QuerySet, Sum

from survey.kinds import Shape
from survey.models import Answer, Questionnaire, Respondent
from survey.questionnaire import NAME_STRUCTURE

WITHIN = timedelta(minutes=30)
ANSWERS_ENOUGH = 5
"""Fewer answers may be the same by chance."""
CROWD = 30
NO_NAMES = frozenset(
    {"na", "nc", "nd", "nsp", "so", "non", "rien", "neant", "aucun", "aucune", "x"}
)
"""What people write where they name no structure, as names are compared: « N/A », « N. C. »."""

Reasons = dict[int, list[str]]
"""Why it looks so, by the key of the other respondent."""


def of(respondent: Respondent) -> Reasons:
    """Those who look like this respondent; the excluded are nobody's duplicates."""
    near = Q(started_at__range=(respondent.started_at - WITHIN, respondent.started_at + WITHIN))
    people = _considered(respondent.questionnaire) | Respondent.objects.filter(pk=respondent.pk)
    found = _found(respondent.questionnaire, people, people.filter(near))
    return found.get(respondent.pk, {})


def everywhere(questionnaire: Questionnaire) -> Mapping[int, Reasons]:
    """Whoever looks like somebody else, by key."""
    people = _considered(questionnaire)
    return _found(questionnaire, people, people)


def _considered(questionnaire: Questionnaire) -> QuerySet[Respondent]:
    excluded = Respondent.Verdict.EXCLUDED
    return Respondent.objects.filter(~Q(verdict=excluded), questionnaire=questionnaire)


def _found(
    questionnaire: Questionnaire, people: QuerySet[Respondent], near: QuerySet[Respondent]
) -> dict[int, Reasons]:
    """`near`: those whose answers are compared."""
    found: dict[int, Reasons] = defaultdict(lambda: defaultdict(list))
    alike = [*_same_structure(questionnaire, people), *_same_answers(near)]
    for one, other, why in alike:
        found[one][other].append(why)
        found[other][one].append(why)
    return found


def _same_structure(
    questionnaire: Questionnaire, people: QuerySet[Respondent]
) -> Iterator[tuple[int, int, str]]:
    answers = Answer.objects.filter(
        respondent__in=people.values("pk"), question__questionnaire=questionnaire
    )
    names = answers.filter(
        question__kind="short_text", question__consent=NAME_STRUCTURE
    ).values_list("respondent", "question", "text")
    departments = dict(
        answers.filter(question__kind="department").values_list("respondent", "choice")
    )
    structures: dict[Hashable, list[int]] = defaultdict(list)
    for person, question, name in names:
        structures[question, _plain(name), departments.get(person)].append(person)
    for (_, name, department), same in structures.items():
        why = "même structure et même département" if department else "même structure"
        yield from ((*pair, why) for pair in _pairs(same) if name not in ("", *NO_NAMES))


def _same_answers(people: QuerySet[Respondent]) -> Iterator[tuple[int, int, str]]:
    started = dict(people.values_list("pk", "started_at"))
    for same in _groups_of_same_answers(people):
        for one, other in _pairs(same):
            apart = abs(started[one] - started[other])
            if apart <= WITHIN:
                yield one, other, f"mêmes réponses à {_minutes(apart)} d’écart"


def _groups_of_same_answers(people: QuerySet[Respondent]) -> Iterable[list[int]]:
    """The database finds whose answers add up to the same; their rows say whether they are."""
    answers = Answer.objects.filter(~Q(shape=Shape.TEXT), respondent__in=people.values("pk"))
    sums = (
        answers.order_by()
        .values_list("respondent")
        .annotate(
            questions=Count("question", distinct=True),
            rows=Count("pk"),
            choices=Sum("choice"),
            ranks=Sum("rank"),
            numbers=Sum("number"),
        )
    )
    adding_up: dict[Hashable, list[int]] = defaultdict(list)
    for person, questions, *rest in sums:
        if questions >= ANSWERS_ENOUGH:
            adding_up[questions, *rest].append(person)
    suspects = [person for same in adding_up.values() if len(same) > 1 for person in same]
    rows: dict[int, set[tuple]] = defaultdict(set)
    columns = ("respondent", "question", "choice", "rank", "number", "shape")
    for person, *row in answers.filter(respondent__in=suspects).values_list(*columns):
        rows[person].add(tuple(row))
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for person, given in rows.items():
        groups[frozenset(given)].append(person)
    return [same for same in groups.values() if len(same) > 1]


def _pairs(same: list[int]) -> Iterator[tuple[int, int]]:
    """Everyone with everyone; past a crowd, which is no mistake but spam, with the first alone."""
    yield from combinations(same[:CROWD], 2)
    yield from ((same[0], later) for later in same[CROWD:])


def _plain(name: str) -> str:
    """« L’Établi » and « l etabli » are one."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _minutes(apart: timedelta) -> str:
    minutes = round(apart.total_seconds() / 60)
    if not minutes:
        return "moins d’une minute"
    return f"{minutes} minute{'s' if minutes > 1 else ''}"
