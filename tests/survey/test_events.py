"""The log of what people do about their own responses, and what is left of who withdrew."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey import filling, moderation
from survey.filling import Consents
from survey.models import Decision, Event
from tests.factories import EVERYTHING, moderator, respondent, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/survey/event/"
TEXTS_ONLY = Consents(participate=True, publish_texts=True)


def lines():
    return list(Event.objects.order_by("pk").values_list("number", "what", "detail", "by"))


def test_a_consent_that_changes_is_written_with_what_it_was(questionnaire):
    person = respondent()

    filling.change_consents(person, TEXTS_ONLY)
    filling.change_consents(person, EVERYTHING)

    assert lines() == [
        (1, "consents", "Nommer sa structure\u00a0: oui → non", None),
        (1, "consents", "Nommer sa structure\u00a0: non → oui", None),
    ]


def test_two_consents_that_change_together_are_one_line(questionnaire):
    filling.change_consents(respondent(), Consents(participate=True))

    assert lines() == [
        (
            *(1, "consents"),
            "Publier ses textes\u00a0: oui → non · Nommer sa structure\u00a0: oui → non",
            None,
        )
    ]


def test_consents_given_again_as_they_were_write_nothing(questionnaire):
    filling.change_consents(respondent(), EVERYTHING)

    assert lines() == []


def test_a_withdrawal_leaves_one_line_and_nothing_of_what_was_written(questionnaire):
    person = respondent({"freins": "le temps"})
    moderation.reject(text_of(person, "freins"), by=moderator(), reason="nomme Paul")
    filling.change_consents(person, TEXTS_ONLY)
    other = respondent()
    filling.change_consents(other, TEXTS_ONLY)

    filling.withdraw(person)

    assert lines() == [
        (2, "consents", "Nommer sa structure\u00a0: oui → non", None),
        (1, "withdrawn", "", None),
    ]
    assert not Decision.objects.exists()


def test_a_decided_text_that_its_author_rewrites_is_told_once_and_without_a_word_of_it(
    questionnaire,
):
    person = respondent({"freins": "le temps", "site": "https://exemple.fr"})
    moderation.approve(text_of(person, "freins"), by=moderator())

    filling.save(person, 1, {"freins": "l’argent"})
    filling.save(person, 2, {"freins": "l’argent et le bruit", "site": "https://autre.fr"})

    assert lines() == [(1, "rewritten", "Freins\u00a0: «\u00a0publié\u00a0» avant", None)]


def test_a_decided_text_that_its_author_takes_back_is_told(questionnaire):
    person = respondent({"freins": "le temps", "type": {"choice": "autre", "other": "Un fablab"}})
    moderation.reject(text_of(person, "freins"), by=moderator())
    moderation.redact(text_of(person, "type"), "Un […]", by=moderator())

    filling.save(person, 1, {"freins": None, "type": "mairie"})

    assert sorted(lines()) == [
        (1, "emptied", "Freins\u00a0: «\u00a0gardé privé\u00a0» avant", None),
        (1, "emptied", "Type\u00a0: «\u00a0publié en partie\u00a0» avant", None),
    ]


def test_a_text_that_nobody_decided_changes_without_a_line(questionnaire):
    person = respondent({"freins": "le temps"})

    filling.save(person, 1, {"freins": "l’argent"})
    filling.save(person, 2, {"freins": None})

    assert lines() == []


def test_completion_is_told_once(questionnaire):
    person = respondent()

    filling.complete(person)
    filling.complete(person)

    assert lines() == [(1, "completed", "", None)]


def test_saving_asks_the_log_once_where_a_decided_text_changes_and_else_never(questionnaire):
    person = respondent({"freins": "le temps"})

    def asked_of_the_log(version, words):
        with CaptureQueriesContext(connection) as asked:
            filling.save(person, version, {"freins": words})
        return sum("survey_event" in query["sql"] for query in asked)

    assert asked_of_the_log(1, "l’argent") == 0
    moderation.approve(text_of(person, "freins"), by=moderator())
    assert asked_of_the_log(2, "le bruit") == 1


def test_erasing_at_the_persons_request_says_who_did_it(admin_client, questionnaire):
    person = respondent()

    admin_client.post(
        "/admin/survey/respondent/",
        {"action": "erase_respondents", "_selected_action": [person.pk], "confirmed": "1"},
    )

    admin = User.objects.get(username="admin")
    assert lines() == [(1, "withdrawn", "", admin.pk)]


def test_the_log_is_listed_and_searched_by_number(admin_client, questionnaire):
    people = respondent(), respondent()
    for person in people:
        filling.change_consents(person, TEXTS_ONLY)
    filling.withdraw(people[1])

    def numbers(query):
        found = admin_client.get(f"{LIST}?{query}").context["cl"].result_list
        return [event.number for event in found]

    assert numbers("") == [2, 1]
    assert numbers("what__exact=withdrawn") == [2]
    assert numbers("q=%231") == [1]


def test_nobody_adds_changes_or_deletes_an_event(admin_client, questionnaire):
    filling.change_consents(respondent(), TEXTS_ONLY)
    page = f"{LIST}{Event.objects.get().pk}/"

    assert admin_client.get(f"{page}change/").status_code == 200
    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(f"{page}change/", {"detail": "x"}).status_code == 403
    assert admin_client.post(f"{page}delete/", {"post": "yes"}).status_code == 403


def test_the_page_of_a_respondent_tells_decisions_and_consents_in_order(
    admin_client, questionnaire
):
    person = respondent({"freins": "le temps"})
    moderation.reject(text_of(person, "freins"), by=moderator(), reason="nomme Paul")
    filling.change_consents(person, TEXTS_ONLY)
    moderation.hold(person, by=moderator(), reason="doublon ?")

    page = admin_client.get(f"/admin/survey/respondent/{person.pk}/change/")

    told = [(entry.by, entry.about, entry.reason) for entry in page.context["log"]]
    assert told == [
        ("moderatrice", "toutes ses réponses", "doublon ?"),
        ("la personne elle-même", "accords modifiés", ""),
        ("moderatrice", "Freins", "nomme Paul"),
    ]
    assert "Nommer sa structure\u00a0: oui → non" in page.content.decode()


def test_the_page_of_a_respondent_tells_what_its_author_did_after_a_decision(
    admin_client, questionnaire
):
    person = respondent({"freins": "le temps"})
    filling.complete(person)
    moderation.approve(text_of(person, "freins"), by=moderator())
    filling.save(person, 1, {"freins": "l’argent"})

    page = admin_client.get(f"/admin/survey/respondent/{person.pk}/change/")

    told = [(entry.by, entry.about) for entry in page.context["log"]]
    assert told == [
        ("la personne elle-même", "texte décidé, modifié depuis"),
        ("moderatrice", "Freins"),
        ("la personne elle-même", "questionnaire terminé"),
    ]


def test_the_three_logs_lead_to_each_other(admin_client, questionnaire):
    logs = ("/admin/survey/decision/", "/admin/survey/event/", "/admin/admin/logentry/")

    for log in logs:
        page = admin_client.get(log).content.decode()
        assert f'href="{log}" aria-current="page"' in page
        assert all(f'href="{other}"' in page for other in logs)


def test_the_admins_log_says_what_changed_in_the_wording(admin_client, questionnaire):
    section = questionnaire.sections.first()
    admin_client.post(
        f"/admin/survey/section/{section.pk}/change/", {"title": "Les lieux", "introduction": ""}
    )

    page = admin_client.get("/admin/admin/logentry/").content.decode()

    for words in ("admin", "Les lieux", "Modification", "titre"):
        assert words in page.replace("Titre", "titre")
