"""Commentaries and answers to comment on, as small as they can be."""

from datetime import UTC, datetime

from analysis import live
from analysis.models import Commentary
from tests.factories import respondent

MARCH = datetime(2021, 3, 5, 12, tzinfo=UTC)


def plain(words):
    """With ordinary spaces, to be compared with what a test's author can type."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def answered(**counts):
    """So many people for each answer to `tiers_lieu`; the report then."""
    for choice, count in counts.items():
        for _ in range(count):
            respondent({"tiers_lieu": choice})
    return live.report()


def written(body="Du texte", place="tiers_lieu", **more):
    given = {"questionnaire": "conumm", "is_published": True, "written_at": MARCH, "base": 3}
    return Commentary.objects.create(body=body, place=place, **given | more)
