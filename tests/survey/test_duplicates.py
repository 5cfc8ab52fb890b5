"""Who may have answered twice, why it looks so, and where a moderator sees it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from survey import duplicates, moderation
from survey.models import Respondent
from survey.questionnaire import Structure
from tests import factories
from tests.factories import moderator, respondent, spec

pytestmark = pytest.mark.django_db

LIST = "/admin/survey/respondent/"
ANSWERS = {
    "type": "mairie",
    "tiers_lieu": "oui",
    "outils": ["ordinateur", "tablette"],
    "publics": ["jeunes", "seniors"],
    "duree": 45,
}


@pytest.fixture
def located():
    """A questionnaire that asks where, as well as for whom."""
    where = factories.SectionSpec(
        "ou", "Où", questions=(spec("departement", "department", ["44", "49"]),)
    )
    sections = (where, factories.LIEU, factories.METIER)
    return factories.questionnaire(Structure("conumm", "Le métier", sections=sections))


def started(person, minutes):
    """So many minutes after noon."""
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    Respondent.objects.filter(pk=person.pk).update(started_at=noon + timedelta(minutes=minutes))
    person.refresh_from_db()
    return person


def found():
    """Whom each looks like and why, by number."""
    people = Respondent.objects.in_bulk()
    pairs = duplicates.everywhere(people[min(people)].questionnaire)
    return {
        people[one].number: {people[other].number: why for other, why in others.items()}
        for one, others in pairs.items()
    }


def test_the_same_structure_in_the_same_department_looks_like_a_duplicate(located):
    respondent({"nom": "L’Établi", "departement": "44"})
    respondent({"nom": "l etabli ", "departement": "44"})
    respondent({"nom": "L’Établi", "departement": "49"})
    respondent({"nom": "La Fabrique", "departement": "44"})

    why = ["même structure et même département"]
    assert found() == {1: {2: why}, 2: {1: why}}


def test_without_a_department_the_same_structure_is_enough(questionnaire):
    respondent({"nom": "L’Établi"})
    respondent({"nom": "L’Établi"})

    assert found()[1] == {2: ["même structure"]}


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "mêmes réponses à moins d’une minute d’écart"),
        (1, "mêmes réponses à 1 minute d’écart"),
        (12, "mêmes réponses à 12 minutes d’écart"),
    ],
)
def test_the_same_answers_within_minutes_look_like_a_duplicate(questionnaire, minutes, words):
    started(respondent(ANSWERS), 0)
    started(respondent(ANSWERS), minutes)

    assert found() == {1: {2: [words]}, 2: {1: [words]}}


def test_texts_need_not_be_the_same(questionnaire):
    started(respondent(ANSWERS | {"freins": "le temps"}), 0)
    started(respondent(ANSWERS), 3)

    assert list(found()) == [1, 2]


@pytest.mark.parametrize(
    "other",
    [
        ANSWERS | {"duree": 46},
        ANSWERS | {"publics": ["seniors", "jeunes"]},
        ANSWERS | {"outils": ["ordinateur"]},
        ANSWERS | {"humeur": "haute"},
    ],
)
def test_other_answers_are_somebody_else(questionnaire, other):
    started(respondent(ANSWERS), 0)
    started(respondent(other), 3)

    assert found() == {}


def test_the_same_answers_an_hour_apart_are_somebody_else(questionnaire):
    started(respondent(ANSWERS), 0)
    started(respondent(ANSWERS), 60)

    assert found() == {}


def test_a_few_answers_that_are_the_same_say_nothing(questionnaire):
    started(respondent({"tiers_lieu": "oui", "type": "mairie"}), 0)
    started(respondent({"tiers_lieu": "oui", "type": "mairie"}), 3)

    assert found() == {}


def test_once_one_is_excluded_the_other_is_nobodys_duplicate(questionnaire):
    first, second = (started(respondent(ANSWERS), minute) for minute in (0, 3))
    moderation.exclude(second, by=moderator(), reason="doublon")

    assert found() == {}
    assert duplicates.of(first) == {}
    assert list(duplicates.of(second)) == [first.pk]


def test_a_crowd_is_compared_to_its_first_alone(questionnaire, monkeypatch):
    monkeypatch.setattr(duplicates, "CROWD", 3)
    for _ in range(5):
        respondent({"nom": "Spam"})

    others = {one: sorted(like) for one, like in found().items()}
    assert others == {1: [2, 3, 4, 5], 2: [1, 3], 3: [1, 2], 4: [1], 5: [1]}


def test_of_one_and_everywhere_agree(questionnaire):
    people = [started(respondent(ANSWERS | {"nom": "L"}), minute) for minute in (0, 20, 40)]

    everywhere = duplicates.everywhere(questionnaire)
    assert {p.pk: duplicates.of(p) for p in people} == everywhere


def test_the_list_shows_them_with_why(admin_client, questionnaire):
    respondent({"nom": "L’Établi"})
    respondent({"nom": "L’Établi"})
    respondent()

    page = admin_client.get(f"{LIST}?duplicates=yes")

    assert [person.number for person in page.context["cl"].result_list] == [2, 1]
    content = page.content.decode()
    assert "#1</a>\u00a0: même structure" in content
    assert "#2</a>\u00a0: même structure" in content
    assert "\u00a0: même structure" not in admin_client.get(LIST).content.decode()


def test_the_page_of_one_says_it_with_the_facts(admin_client, questionnaire):
    respondent({"nom": "L’Établi"})
    person = respondent({"nom": "L’Établi", "freins": "le temps"})

    page = admin_client.get(f"{LIST}{person.pk}/change/").content.decode()

    assert "Doublon probable" in page
    assert "#1</a>\u00a0: même structure" in page
    assert "<dt>Parties commencées</dt><dd>2 sur 2</dd>" in page
    assert "<dt>Textes à lire</dt><dd>2</dd>" in page


@pytest.mark.parametrize(("reached", "numbers"), [("lieu", [1]), ("metier", [2]), ("none", [3])])
def test_respondents_are_filtered_by_the_last_section_they_answered(
    admin_client, questionnaire, reached, numbers
):
    respondent({"nom": "L’Établi"})
    respondent({"nom": "Ici", "freins": "le temps"})
    respondent()

    found = admin_client.get(f"{LIST}?reached={reached}").context["cl"].result_list

    assert [person.number for person in found] == numbers


@pytest.mark.parametrize("query", ["", "?duplicates=yes"])
def test_the_list_opens_before_there_is_a_questionnaire(admin_client, query):
    assert admin_client.get(f"{LIST}{query}").status_code == 200


@pytest.mark.parametrize("nothing", ["N/A", "n.a.", "Néant", "aucune", "X", "—"])
def test_who_names_no_structure_shares_none(questionnaire, nothing):
    for _ in range(2):
        respondent({"nom": nothing})

    assert duplicates.everywhere(questionnaire) == {}


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("complete=peut-être", "Questionnaire"),
        ("waiting=2", "Textes à lire"),
        ("duplicates=non", "Doublons probables"),
    ],
)
def test_a_filter_asked_for_what_it_does_not_know_says_so(
    admin_client, questionnaire, query, title
):
    respondent()

    page = admin_client.get(f"/admin/survey/respondent/?{query}")

    assert list(page.context["cl"].result_list) == []
    [told] = {str(message) for message in page.context["messages"]}
    assert told.startswith(title)
    assert told.endswith("n’est pas un choix de ce filtre. Rien n’est montré.")
