"""What is decided in a list that no longer is as it was read: nothing goes without a word."""

import pytest

from survey import filling, moderation
from survey.models import Answer
from tests.factories import moderator, respondent, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/survey/texttoread/"
GONE = (
    "1 texte choisi n’existe plus tel que vous l’avez lu\u00a0: la personne l’a modifié ou effacé."
)


def written(words):
    return text_of(respondent({"freins": words}), "freins")


def send(client, action, *texts, address=LIST, **more):
    keys = [text.pk for text in texts]
    wanted = {"action": action, "_selected_action": keys, "index": 0} | more
    return client.post(address, wanted, follow=True)


def seen_at(client, address=LIST):
    return client.get(address).context["action_form"]["seen_at"].value()


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def verdicts(*texts):
    return [Answer.objects.get(pk=text.pk).verdict for text in texts]


def cut(text, words, **more):
    shown = {"decision": "redact", "text": text.text, "verdict": "pending", "seen": 0}
    shown |= {"public_text": words} | more
    return {f"text-{text.pk}-{name}": value for name, value in shown.items()}


@pytest.mark.parametrize("action", ["publish", "keep_private", "put_back", "publish_in_part"])
def test_a_text_that_left_the_list_is_told_with_who_decided_and_what(
    admin_client, questionnaire, action
):
    text = written("un")
    moment = seen_at(admin_client)
    moderation.redact(text, "u…", by=moderator(), reason="nomme Paul")

    [told] = messages_of(send(admin_client, action, text, seen_at=moment))

    assert told.startswith("1 refus\u00a0: moderatrice a décidé de ce texte de #1 le ")
    assert "publié en partie" in told
    assert "nomme Paul" in told
    assert verdicts(text) == ["redacted"]


def test_what_is_still_there_is_decided_and_the_rest_is_told(admin_client, questionnaire):
    texts = [written("un"), written("deux")]
    moment = seen_at(admin_client)
    moderation.approve(texts[0], by=moderator())

    done, told = messages_of(send(admin_client, "keep_private", *texts, seen_at=moment))

    assert done == "1 texte gardé privé."
    assert "moderatrice a décidé de ce texte de #1" in told
    assert verdicts(*texts) == ["approved", "rejected"]


@pytest.mark.parametrize("action", ["publish", "keep_private", "put_back", "publish_in_part"])
def test_a_text_that_its_author_rewrote_is_told(admin_client, questionnaire, action):
    text = written("un")
    filling.save(text.respondent, 1, {"freins": "un autre"})

    [told] = messages_of(send(admin_client, action, text))

    assert told.startswith(GONE)
    assert text_of(text.respondent, "freins").verdict == "pending"


def test_cuts_of_a_text_decided_meanwhile_are_kept_and_may_be_published_once_told(
    admin_client, questionnaire
):
    first, second = written("Appelez Anna"), written("Voyez Bob")
    send(admin_client, "publish_in_part", first, second)
    moderation.reject(first, by=moderator(), reason="nomme Anna")

    typed = cut(first, "Appelez […]") | cut(second, "Voyez […]")
    page = send(admin_client, "publish_in_part", first, second, confirmed=1, **typed)

    assert verdicts(first, second) == ["rejected", "redacted"]
    [kept] = page.context["redactions"]
    assert kept.form["public_text"].value() == "Appelez […]"
    [why] = kept.form.errors["public_text"]
    assert "moderatrice a décidé de ce texte de #1" in why
    assert "nomme Anna" in why
    again = {kept.form.add_prefix(n): kept.form[n].value() for n in kept.form.fields}
    send(admin_client, "publish_in_part", first, confirmed=1, **again)
    assert verdicts(first) == ["redacted"]


def test_cuts_of_a_text_that_its_author_rewrote_are_shown_again(admin_client, questionnaire):
    text = written("Appelez Anna")
    filling.save(text.respondent, 1, {"freins": "Appelez-moi"})

    page = send(admin_client, "publish_in_part", text, confirmed=1, **cut(text, "Appelez […] vite"))

    assert messages_of(page)[0].startswith(GONE)
    assert "Appelez […] vite" in page.content.decode()
