"""The choices that moderators add to a question, to count what people wrote beside « Autre »."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from survey.french import quoted
from survey.models import Answer, Choice, Question, Questionnaire
from survey.moderation import ModerationError

CODE_LENGTH = 50
NOT_CODES = frozenset({"na"})
"""What the report calls no answer by."""
NOT_NAMES = frozenset(
    {
        *("na", "n/a", "sans reponse", "sans reponse (na)", "question non posee", "non posee"),
        *("non concerne", "non concernee", "non concernes", "non concernees"),
    }
)
"""The report's own rows, folded."""
BLANK = "\u115f\u1160\u3164\uffa0\u2800"
"""What shows nothing, though Unicode counts it among letters and symbols."""
NO_NAME = "Donnez un nom à ce nouveau choix."


@dataclass(frozen=True)
class NewChoice:
    """One that the question has not: it is made once a text counts as it."""

    question: Question
    label: str


def named(question: Question, label: str) -> Choice:
    """The choice that a moderator names so, made if there is none; raise ModerationError."""
    label = visible(label)
    if not any(character.isalnum() for character in label):
        raise ModerationError(NO_NAME)
    if folded(label) in NOT_NAMES:
        raise ModerationError(
            f"{quoted(label)} est une ligne du rapport lui-même\u00a0: donnez un autre nom à ce "
            "choix."
        )
    if not _of_like_name(Choice.objects.filter(question=question), label):
        _refuse_words_kept_private(question, label)
    return add(question, label)


def _refuse_words_kept_private(question: Question, label: str) -> None:
    """Unless somebody who agreed to publish wrote the same."""
    written = Answer.objects.filter(question=question, choice__isnull=False).exclude(text="")
    wanted = folded(label)
    authors = [
        text.respondent
        for text in written.select_related("respondent").order_by("respondent__number")
        if folded(text.text) == wanted
    ]
    if authors and not any(author.agreed_to(question.consent) for author in authors):
        raise ModerationError(
            f"{quoted(label)}, ce sont les mots mêmes de {authors[0]}, qui n’a pas accepté qu’ils "
            "paraissent\u00a0: donnez un autre nom à ce choix."
        )


def visible(label: str) -> str:
    """This name without what cannot be seen in it: controls, directions, zero widths."""
    spaced = " ".join(label.split())
    seen = (c for c in spaced if unicodedata.category(c)[0] != "C" and c not in BLANK)
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def folded(label: str) -> str:
    """The same for names that look alike: whatever their capitals, accents and widths."""
    letters = unicodedata.normalize("NFKD", visible(label)).replace("’", "'")
    plain = (letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(plain).casefold().split())


def _of_like_name(choices: Iterable[Choice], label: str) -> Choice | None:
    wanted = folded(label)
    return next((choice for choice in choices if folded(choice.label) == wanted), None)


def add(question: Question, label: str, code: str = "") -> Choice:
    """The choice of this label, made if the question has none; before « Autre » in its order."""
    label = visible(label)
    if not label:
        raise ModerationError(NO_NAME)
    with transaction.atomic():
        # Of two who add the same, the second finds that of the first.
        Questionnaire.objects.select_for_update().get(pk=question.questionnaire_id)
        choices = list(Choice.objects.filter(question=question))
        there = _of_like_name(choices, label)
        if there:
            return there
        before = [c.position for c in choices if not (c.other or c.exclusive)]
        place = max(before, default=-1) + 1
        if any(choice.position == place for choice in choices):
            after = Choice.objects.filter(question=question, position__gte=place)
            after.update(position=F("position") + 1)
        added = Choice.objects.create(
            question=question,
            code=_free_code(code or label, {choice.code for choice in choices}),
            label=label,
            position=place,
            added=True,
        )
        question.questionnaire.restructured()
    return added


def _free_code(label: str, taken: set[str]) -> str:
    wanted = slugify(re.sub("['’]", " ", label)).replace("-", "_")[: CODE_LENGTH - 4] or "choix"
    free, place = wanted, 1
    while free in taken | NOT_CODES:
        place += 1
        free = f"{wanted}_{place}"
    return free


def forget_unused(questionnaire: Questionnaire) -> None:
    """Drop the added choices as which nothing counts any longer."""
    with transaction.atomic():
        added = Choice.objects.filter(question__questionnaire=questionnaire, added=True)
        # Locked, then looked at: nobody codes as them in between.
        locked = [choice.pk for choice in added.select_for_update()]
        used = Answer.objects.filter(coded_as__in=locked).values("coded_as")
        gone, _ = added.filter(pk__in=locked).exclude(pk__in=used).delete()
        if gone:
            questionnaire.restructured()
