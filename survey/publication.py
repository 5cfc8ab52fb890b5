"""The only door out: what may be public of the answers, and since when.

Whoever changes a respondent does so within `recording`, which moves the questionnaire's revision
if, and only if, what is public of them has changed. Whoever shows anything reads it from here.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from survey.kinds import KINDS, Shape, kind_of
from survey.models import Answer, Erasure, Questionnaire, Respondent
from survey.named import structures as structures
from survey.named import structures_state as structures_state
from survey.questionnaire import QuestionSpec, Structure
from survey.revisions import changed
from survey.revisions import last_change as last_change
from survey.revisions import last_number as last_number
from survey.visibility import (
    COUNTED,
    COUNTED_CHOICE,
    COUNTED_CODE,
    MAY_BE_READ,
    NAMES_STRUCTURE,
    PUBLIC,
    public_words,
)

NO_TEXT, WRITTEN, PUBLISHED = 0, 1, 2


@dataclass(frozen=True)
class Campaign:
    """What is public of a questionnaire and its campaign, at one revision."""

    structure: Structure
    structure_revision: int
    revision: int
    revised_at: datetime
    opens_at: datetime | None
    closes_at: datetime | None
    circulation: str
    is_open: bool


class Person(NamedTuple):
    """`completed_on` is to be told in totals by day alone: anybody who reads the report every day

    sees those anyway. It is never before `day`, on which the person started.
    """

    number: int
    day: date
    complete: bool
    completed_on: date | None


class Cell(NamedTuple):
    """One answer row; `state` says whether a text was written and whether it may be read.

    `choice` is the one that it counts as; that of several rows of one person may be the same.

    `not_concerned` is the answer that the question does not concern: nothing else is filled.

    `made` is the choice that the person made, where it counts as another: by it go the questions
    that they were asked, and the tables of structures that keep them.
    """

    number: int
    question: str
    choice: str | None
    rank: int | None
    value: float | None
    state: int
    not_concerned: bool = False
    made: str | None = None


@dataclass(frozen=True)
class Changes:
    """Since a revision: the numbers whose cells are void, and all that stands in their place."""

    revision: int
    numbers: frozenset[int]
    people: tuple[Person, ...]
    cells: Iterable[Cell]


class Text(NamedTuple):
    """`counted_as`: the choice as which moderators count it, in the place of its author's."""

    number: int
    text: str
    counted_as: str | None


@contextmanager
def recording(respondent: Respondent) -> Iterator[Respondent]:
    """Give the respondent, locked, in a transaction; publish what changed about them after it."""
    with recording_each(respondent.questionnaire, [respondent.pk]) as people:
        if respondent.pk not in people:
            raise Respondent.DoesNotExist
        yield people[respondent.pk]


@contextmanager
def recording_each(
    questionnaire: Questionnaire, respondents: Collection[int]
) -> Iterator[dict[int, Respondent]]:
    """The same for some hundreds of respondents at once, by primary key."""
    with transaction.atomic():
        # Always in the same order, or two who lock the same people could wait for each other.
        locked = Respondent.objects.select_for_update().order_by("pk")
        people = {person.pk: person for person in locked.filter(pk__in=respondents)}
        for person in people.values():
            person.questionnaire = questionnaire
        before = _public_states(people)
        numbers = {pk: person.number for pk, person in people.items()}
        yield people
        after = _public_states(numbers)
        changed = [pk for pk in numbers if before.get(pk) != after.get(pk)]
        if changed:
            announce(questionnaire, changed)
            hidden = [pk for pk in changed if pk not in after]
            there = Respondent.objects.filter(pk__in=hidden).values_list("pk", flat=True)
            _remember_erased(questionnaire, [numbers[pk] for pk in {*hidden} - {*there}])


def announce(questionnaire: Questionnaire, respondents: Collection[int]) -> None:
    """Tell every reader that what is public of these respondents (primary keys) has changed."""
    Questionnaire.objects.filter(pk=questionnaire.pk).update(
        revision=F("revision") + 1, revised_at=timezone.now()
    )
    questionnaire.refresh_from_db(fields=["revision", "revised_at"])
    changed = Respondent.objects.filter(pk__in=respondents)
    changed.update(revision=questionnaire.revision)


def _remember_erased(questionnaire: Questionnaire, numbers: Iterable[int]) -> None:
    Erasure.objects.bulk_create(
        Erasure(questionnaire=questionnaire, number=number, revision=questionnaire.revision)
        for number in numbers
    )


def _public_states(respondents: Collection[int]) -> dict[int, Any]:
    """Everything public of each of these respondents, to be compared; nothing of the others."""
    counted = Respondent.objects.filter(pk__in=respondents, verdict=Respondent.Verdict.COUNTED)
    dates = {
        pk: moments for pk, *moments in counted.values_list("pk", "completed_at", "started_at")
    }
    rows = Answer.objects.filter(respondent__in=list(dates)).annotate(state=_state())
    cells: dict[int, list[str]] = {}
    for pk, *cell in rows.values_list(
        *("respondent", "question", COUNTED_CHOICE, "rank", "number", "state")
    ):
        cells.setdefault(pk, []).append(repr(cell))
    words: dict[int, list[Any]] = {}
    public = MAY_BE_READ | (NAMES_STRUCTURE & PUBLIC)
    for pk, *text in rows.filter(public).values_list(
        *("respondent", "pk", "verdict", "text", "public_text")
    ):
        words.setdefault(pk, []).append(text)
    return {pk: (sorted(own), sorted(words.get(pk, ())), dates[pk]) for pk, own in cells.items()}


def _state() -> Case:
    return Case(
        When(text="", then=Value(NO_TEXT)),
        When(MAY_BE_READ, then=Value(PUBLISHED)),
        default=Value(WRITTEN),
        output_field=IntegerField(),
    )


def campaign() -> Campaign:
    """The current questionnaire; raise Questionnaire.DoesNotExist before it is loaded."""
    current = Questionnaire.objects.current()
    return Campaign(
        structure=_public(current.structure),
        structure_revision=current.structure_revision,
        revision=current.revision,
        revised_at=current.revised_at,
        opens_at=current.opens_at,
        closes_at=current.closes_at,
        circulation=current.circulation,
        is_open=current.is_open,
    )


def _public(structure: Structure) -> Structure:
    """Without the choices that were added for texts of people who are not counted."""
    coded = Answer.objects.filter(COUNTED, question__questionnaire__code=structure.code)
    used = coded.filter(coded_as__added=True).values_list("question__code", "coded_as__code")
    kept = frozenset(used.distinct())

    def public(question: QuestionSpec) -> QuestionSpec:
        choices = (c for c in question.choices if not c.added or (question.code, c.code) in kept)
        return replace(question, choices=tuple(choices))

    sections = (replace(s, questions=tuple(map(public, s.questions))) for s in structure.sections)
    return replace(structure, sections=tuple(sections))


def words(question: QuestionSpec, value: Any) -> str:
    """An answer as a person reads it, "" if empty."""
    return "" if value is None else kind_of(question).words(question, value)


def measure_of(question: QuestionSpec) -> str:
    """The measure that summarises the answers to this question."""
    return kind_of(question).measure(question)


def measures_of_kinds() -> dict[str, set[str]]:
    """The measures that each kind of question may name."""
    plain = QuestionSpec(code="", kind="", title="", label="")
    return {
        code: {kind.measure(plain), kind.measure(replace(plain, ordered=True))}
        for code, kind in KINDS.items()
    }


def revision(code: str) -> tuple[int, int, datetime] | None:
    """The revisions of structure and answers, and when the last came; None if not loaded."""
    values = ("structure_revision", "revision", "revised_at")
    return Questionnaire.objects.filter(code=code).values_list(*values).first()


def changes(code: str, since: int = 0) -> Changes:
    """What changed after this revision; with 0, everything. Read it within one transaction."""
    questionnaire = Questionnaire.objects.get(code=code)
    touched = Respondent.objects.filter(questionnaire=questionnaire, revision__gt=since)
    counted = touched.filter(verdict=Respondent.Verdict.COUNTED, answers__isnull=False).distinct()
    return Changes(
        revision=questionnaire.revision,
        numbers=changed(code, since),
        people=tuple(_people(counted)),
        cells=_cells(questionnaire, since),
    )


def _people(counted: QuerySet[Respondent]) -> Iterator[Person]:
    rows = counted.order_by("number").values_list("number", "started_at", "completed_at")
    for number, started_at, completed_at in rows:
        day = timezone.localdate(started_at)
        completed_on = completed_at and max(day, timezone.localdate(completed_at))
        yield Person(number, day, completed_at is not None, completed_on)


def _cells(questionnaire: Questionnaire, since: int) -> Iterator[Cell]:
    touched = Q(respondent__questionnaire=questionnaire, respondent__revision__gt=since)
    names = ("respondent__number", "question__code", COUNTED_CODE, "rank", "number")
    answers = Answer.objects.filter(touched & COUNTED).annotate(state=_state())
    names += ("state", "shape", "choice__code")
    rows = answers.values_list(*names).iterator(chunk_size=20_000)
    for number, question, choice, rank, value, state, shape, own in rows:
        not_concerned = shape == Shape.NOT_CONCERNED
        made = None if own == choice else own
        read = value and float(value)
        yield Cell(number, question, choice, rank, read, state, not_concerned, made)


def texts(code: str, question: str, numbers: Collection[int] | None = None) -> list[Text]:
    """The approved texts of a question, by number; of those respondents only, if given."""
    # Everybody is found by the question, a few by their numbers: either way an index does it.
    if numbers is None:
        whose = Q(question__questionnaire__code=code)
    else:
        whose = Q(respondent__questionnaire__code=code, respondent__number__in=numbers)
    answers = Answer.objects.filter(whose & Q(question__code=question) & COUNTED & MAY_BE_READ)
    rows = answers.order_by("respondent__number", "choice__position")
    columns = ("respondent__number", "coded_as__code", "verdict", "text", "public_text")
    return [
        Text(number, public_words(*words), counted_as)
        for number, counted_as, *words in rows.values_list(*columns)
    ]
