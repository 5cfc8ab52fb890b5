"""The Atom feed: editions, and round numbers of answers."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from analysis import editions
from analysis.models import Edition
from survey import publication
from survey.questionnaire import SectionSpec, Structure
from tests import factories
from tests.factories import moderator, respondent

pytestmark = pytest.mark.django_db

FEED = "/resultats/editions.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def own_report(db, monkeypatch):
    """A small report with its participation."""
    from analysis import declarations
    from analysis.wording import Noun

    participation = SectionSpec("participation", "Participation")
    factories.questionnaire(
        Structure("conumm", "Le métier", sections=(participation, factories.LIEU, factories.METIER))
    )
    people = Noun("personne", "personnes", feminine=True)
    plain = declarations.Declaration("test.yaml", "Le rapport", people)
    monkeypatch.setattr(declarations, "read", lambda code: plain)


def freeze(day, **more):
    edition = Edition(date=day, **more)
    editions.freeze(edition, by=moderator())
    return edition


def entries(client):
    answer = client.get(FEED)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    return [
        {child.tag.removeprefix(ATOM): child.text or child.get("href") for child in entry}
        for entry in feed.findall(f"{ATOM}entry")
    ]


def test_each_edition_is_announced_with_what_changed(client):
    respondent({"duree": 10})
    freeze(date(2021, 3, 5))
    respondent({"duree": 20})
    freeze(date(2021, 3, 12), title="Suite", note="Relue.")

    newest, first = entries(client)

    assert first["title"] == "Édition du 5 mars 2021"
    assert first["summary"] == "<p>1 réponse.</p>"
    assert newest["title"] == "Édition du 12 mars 2021\u00a0: Suite"
    assert "Depuis l’édition du 5 mars 2021\u00a0: 1 réponse de plus" in newest["summary"]
    assert "<p>Relue.</p>" in newest["summary"]
    assert newest["link"] == "http://testserver/resultats/editions/2021-03-12/"
    assert newest["id"] != first["id"]


def test_a_round_number_is_announced_on_the_day_it_was_reached(client, monkeypatch):
    from analysis import feeds

    monkeypatch.setattr(feeds, "MILESTONES", (2, 3, 4))
    for day in (1, 2, 2):
        with publication.recording(respondent({"duree": 10})) as person:
            person.started_at = datetime(2021, 3, day, 12, tzinfo=UTC)
            person.save()

    third, second = sorted(entries(client), key=lambda entry: entry["title"], reverse=True)

    assert (second["title"], third["title"]) == ("2 réponses", "3 réponses")
    assert second["published"] == third["published"] == "2021-03-02T00:00:00+01:00"
    assert third["link"] == "http://testserver/resultats/#reponses-3"
    assert second["id"] != third["id"]


def test_an_empty_feed_is_the_same_each_time(client):
    first = client.get(FEED)

    assert entries(client) == []
    assert client.get(FEED).content == first.content
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_before_a_questionnaire_there_is_nothing_to_announce(client, settings):
    settings.QUESTIONNAIRE = "other"
    assert entries(client) == []
    assert client.get("/resultats/").status_code == 200
    assert client.get("/resultats/editions/").status_code == 200
