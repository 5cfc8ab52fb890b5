"""One text read by one moderator: what is shown, what another did meanwhile, what is undone."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from survey import filling, moderation
from survey.models import Answer, Decision
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = pytest.mark.django_db

UNDO = "/admin/survey/texttoread/undo/"


def written(words, consents=None):
    answers = {"freins": words}
    person = respondent(answers, consents) if consents else respondent(answers)
    return text_of(person, "freins")


def page_of(text):
    return reverse("admin:survey_texttoread_change", args=[text.pk])


def opened(client, text):
    """What the page of this text would post, but the decision."""
    response = client.get(page_of(text))
    form = response.context["form"]
    hidden = {name: form[name].value() for name in ("text", "verdict", "seen", "public_text")}
    place = {"respondent": text.respondent_id, "question": text.question_id, "choice": ""}
    return hidden | place


def decide(client, text, decision, **more):
    posted = opened(client, text) | {"decision": decision} | more
    return client.post(page_of(text), posted, follow=True)


def state_of(text):
    return Answer.objects.values_list("verdict", "public_text").get(pk=text.pk)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def colleague():
    return User.objects.create(username="camille", first_name="Camille", last_name="Durand")


def test_what_looks_personal_is_marked_with_why(admin_client, questionnaire):
    text = written("Appelez Sandrine <vite>")

    page = admin_client.get(page_of(text)).content.decode()

    assert 'Appelez <mark title="un prénom">Sandrine</mark> &lt;vite&gt;' in page
    assert "<li><mark>Sandrine</mark> un prénom</li>" in page


def test_what_publishing_changes_is_said_before(admin_client, questionnaire):
    moderation.approve(written("publié déjà"), by=moderator())
    text = written("à lire")

    shown = admin_client.get(page_of(text)).context["screen"]

    assert shown.consequence == (
        "Paraîtra sous le numéro #2 dans le bloc «\u00a0Freins\u00a0»\u00a0: "
        "1 texte publié\u00a0→\u00a02."
    )
    assert shown.public == "à lire"


def test_what_keeping_private_changes_is_said_before(admin_client, questionnaire):
    text = written("Un texte de Léa")
    moderation.redact(text, "Un texte", by=moderator())

    shown = admin_client.get(page_of(text)).context["screen"]

    assert shown.consequence == (
        "Paraît sous le numéro #1 dans le bloc «\u00a0Freins\u00a0»\u00a0: "
        "1 texte publié\u202f; s’il n’est plus publié, 1\u00a0→\u00a00."
    )
    assert shown.public == "Un texte"


def test_the_second_to_decide_learns_by_whom_how_and_why(admin_client, questionnaire):
    text = written("un")
    read = opened(admin_client, text)
    moderation.reject(text, by=colleague(), reason="nomme une collègue")

    posted = read | {"decision": "publish"}
    response = admin_client.post(page_of(text), posted, follow=True)

    assert state_of(text) == ("rejected", "")
    (message,) = messages_of(response)
    assert message.startswith("Camille Durand a décidé de ce texte de #1 le ")
    assert "«\u00a0gardé privé\u00a0», motif\u00a0: «\u00a0nomme une collègue\u00a0»." in message


def test_a_redaction_is_not_replaced_by_one_who_read_the_former(admin_client, questionnaire):
    text = written("Un texte de Léa et Anna")
    moderation.redact(text, "Un texte de Léa", by=moderator())
    read = opened(admin_client, text)
    moderation.redact(text, "Un texte", by=colleague())

    posted = read | {"decision": "redact", "public_text": "Un texte de […]"}
    response = admin_client.post(page_of(text), posted, follow=True)

    assert state_of(text) == ("redacted", "Un texte")
    assert "Camille Durand a décidé" in messages_of(response)[0]


def test_what_was_decided_and_reopened_meanwhile_is_told_too(admin_client, questionnaire):
    text = written("un")
    read = opened(admin_client, text)
    by = colleague()
    moderation.approve(text, by=by)
    moderation.reopen(text, by=by, reason="à voir ensemble")

    admin_client.post(page_of(text), read | {"decision": "publish"})

    assert state_of(text) == ("pending", "")


def test_a_button_pressed_twice_decides_once(admin_client, questionnaire):
    text = written("un")
    posted = opened(admin_client, text) | {"decision": "publish"}
    admin_client.post(page_of(text), posted)

    response = admin_client.post(page_of(text), posted, follow=True)

    assert Decision.objects.count() == 1
    assert "publié" in messages_of(response)[0]


def test_an_edited_text_waits_again_beside_the_words_that_were_read(admin_client, questionnaire):
    text = written("Le temps manque")
    moderation.approve(text, by=colleague())
    filling.save(text.respondent, 1, {"freins": "Le courage manque"})
    again = text_of(text.respondent, "freins")

    response = admin_client.get(page_of(again))

    assert state_of(again) == ("pending", "")
    page = response.content.decode()
    assert "Le <del>temps</del><ins>courage</ins> manque" in page
    assert "par Camille Durand" in page
    decide(admin_client, again, "publish")
    assert "<del>temps" not in admin_client.get(page_of(again)).content.decode()


def test_who_reads_a_text_while_it_is_edited_is_shown_the_new_one(admin_client, questionnaire):
    text = written("Le temps\nmanque")
    read = opened(admin_client, text) | {"text": "Le temps\r\nmanque"}
    filling.save(text.respondent, 1, {"freins": "Le courage\nmanque"})
    again = text_of(text.respondent, "freins")

    response = admin_client.post(page_of(text), read | {"decision": "publish"})

    page = response.content.decode()
    assert messages_of(response)[0].startswith("La personne a modifié ce texte")
    assert "Le <del>temps</del><ins>courage</ins>\nmanque" in page
    assert f'action="{page_of(again)}"' in page
    assert state_of(again) == ("pending", "")


def test_what_was_cut_and_why_is_kept_when_somebody_decided_meanwhile(admin_client, questionnaire):
    text = written("Un texte de Léa")
    read = opened(admin_client, text)
    moderation.reject(Answer.objects.get(pk=text.pk), by=colleague())
    typed = {"decision": "redact", "public_text": "Un texte […]", "reason": "nomme Léa"}

    response = admin_client.post(page_of(text), read | typed)

    form = response.context["form"]
    assert (form["public_text"].value(), form["reason"].value()) == ("Un texte […]", "nomme Léa")
    assert "Camille Durand a décidé" in messages_of(response)[0]
    assert state_of(text) == ("rejected", "")
    again = {name: form[name].value() for name in ("text", "verdict", "seen", "public_text")}
    admin_client.post(page_of(text), again | {"decision": "redact"})
    assert state_of(text) == ("redacted", "Un texte […]")


def test_what_was_cut_and_why_is_kept_when_its_author_rewrote_the_text(admin_client, questionnaire):
    text = written("Un texte de Léa")
    read = opened(admin_client, text)
    filling.save(text.respondent, 1, {"freins": "Un mot de Léa"})
    typed = {"decision": "redact", "public_text": "Un texte […]", "reason": "nomme Léa"}

    response = admin_client.post(page_of(text), read | typed)

    form = response.context["form"]
    assert (form["public_text"].value(), form["reason"].value()) == ("Un mot de Léa", "nomme Léa")
    assert "Vous alliez publier\u00a0: «\u00a0Un texte […]\u00a0»" in (
        response.content.decode().replace("&nbsp;", "\u00a0")
    )


def test_the_last_decision_is_undone_then_the_one_before(admin_client, questionnaire):
    first, second = written("un"), written("Un texte de Léa")
    decide(admin_client, first, "keep")
    decide(admin_client, second, "redact", public_text="Un texte de […]")

    response = admin_client.post(UNDO, follow=True)
    assert (state_of(first), state_of(second)) == (("rejected", ""), ("pending", ""))
    assert response.redirect_chain[-1][0] == page_of(second)
    assert messages_of(response) == [
        "Décision annulée\u00a0: le texte de #2 est «\u00a0à lire\u00a0»."
    ]

    admin_client.post(UNDO)
    assert state_of(first) == ("pending", "")
    response = admin_client.post(UNDO, follow=True)
    assert "Il n’y a pas de décision à annuler." in messages_of(response)
    assert Decision.objects.filter(reason=moderation.UNDONE).count() == 2


def test_undoing_walks_back_through_the_decisions_on_one_text(admin_client, questionnaire):
    text = written("Un texte de Léa")
    decide(admin_client, text, "redact", public_text="Un texte")
    decide(admin_client, text, "redact", public_text="[…] texte")
    decide(admin_client, text, "keep")

    states = []
    for _ in range(3):
        admin_client.post(UNDO)
        states.append(state_of(text))

    assert states == [("redacted", "[…] texte"), ("redacted", "Un texte"), ("pending", "")]
    response = admin_client.post(UNDO, follow=True)
    assert "Il n’y a pas de décision à annuler." in messages_of(response)


def test_undoing_after_deciding_again_goes_on_to_the_first_decision(admin_client, questionnaire):
    text = written("un")
    decide(admin_client, text, "publish")
    decide(admin_client, text, "keep")
    admin_client.post(UNDO)
    decide(admin_client, text, "keep")

    for _ in range(2):
        admin_client.post(UNDO)

    assert state_of(text) == ("pending", "")


def in_bulk(client, action, *texts):
    keys = [text.pk for text in texts]
    posted = {"action": action, "_selected_action": keys, "index": 0, "confirmed": 1}
    return client.post("/admin/survey/texttoread/?verdict=all", posted, follow=True)


def test_what_was_decided_in_bulk_is_undone_as_one_step(admin_client, questionnaire):
    before, first, second = written("zéro"), written("un"), written("deux")
    decide(admin_client, before, "publish")

    response = in_bulk(admin_client, "keep_private", first, second)
    assert "Dernière décision&nbsp;: 2 textes gardés privés." in response.content.decode()
    response = admin_client.post(UNDO, follow=True)

    assert [state_of(text)[0] for text in (before, first, second)] == [
        *("approved", "pending", "pending")
    ]
    assert messages_of(response) == ["2 décisions annulées."]
    assert "Dernière décision&nbsp;: #1, publié." in response.content.decode()


def test_undoing_in_bulk_spares_what_changed_since(admin_client, questionnaire):
    kept, decided, rewritten = written("zéro"), written("un"), written("deux")
    in_bulk(admin_client, "keep_private", kept, decided, rewritten)
    moderation.reopen(Answer.objects.get(pk=decided.pk), by=colleague(), reason="à revoir")
    filling.save(rewritten.respondent, 1, {"freins": "autre chose"})

    response = admin_client.post(UNDO, follow=True)

    assert (state_of(kept)[0], state_of(decided)[0]) == ("pending", "pending")
    done, refused, gone = messages_of(response)
    assert done == "1 décision annulée."
    assert "Camille Durand a décidé de ce texte de #2" in refused
    assert gone.startswith("1 texte n’existe plus")


def test_in_bulk_what_stayed_as_it_was_is_not_undone(admin_client, questionnaire):
    private, text = written("un"), written("deux")
    moderation.reject(private, by=colleague())
    in_bulk(admin_client, "keep_private", private, text)

    admin_client.post(UNDO)

    assert (state_of(private)[0], state_of(text)[0]) == ("rejected", "pending")


def test_the_last_text_of_all_can_be_undone_from_the_list(admin_client, questionnaire):
    text = written("un")
    response = decide(admin_client, text, "publish")

    assert f'action="{UNDO}"' in response.content.decode()
    assert messages_of(response) == ["Texte de #1\u00a0: publié."]
    admin_client.post(UNDO)
    assert f'action="{UNDO}"' not in admin_client.get("/admin/survey/texttoread/").content.decode()


def test_undoing_brings_back_the_words_that_were_public(admin_client, questionnaire):
    text = written("Un texte de Léa")
    moderation.redact(text, "Un texte", by=moderator())
    decide(admin_client, text, "keep")

    admin_client.post(UNDO)

    assert state_of(text) == ("redacted", "Un texte")


def test_what_somebody_decided_since_is_not_undone(admin_client, questionnaire):
    text = written("un")
    decide(admin_client, text, "publish")
    by = colleague()
    moderation.reject(Answer.objects.get(pk=text.pk), by=by)

    response = admin_client.post(UNDO, follow=True)

    assert state_of(text) == ("rejected", "")
    assert "Camille Durand a décidé" in messages_of(response)[0]


def test_undoing_does_not_publish_without_consent(admin_client, questionnaire):
    text = written("un")
    moderation.approve(text, by=moderator())
    decide(admin_client, text, "keep")
    filling.change_consents(text.respondent, NOTHING_PUBLIC)

    response = admin_client.post(UNDO, follow=True)

    assert state_of(text) == ("rejected", "")
    assert "n’a pas accepté" in messages_of(response)[0]


def test_what_its_author_rewrote_or_erased_is_not_undone(admin_client, questionnaire):
    kept, rewritten, erased = written("zéro"), written("un"), written("deux")
    for text in (kept, rewritten, erased):
        decide(admin_client, text, "publish")
    filling.save(rewritten.respondent, 1, {"freins": "autre chose"})
    filling.withdraw(erased.respondent)

    response = admin_client.post(UNDO, follow=True)

    assert "Ce texte n’existe plus" in messages_of(response)[0]
    assert text_of(rewritten.respondent, "freins").verdict == "pending"
    admin_client.post(UNDO)
    assert state_of(kept) == ("pending", "")


def test_a_decision_of_another_sitting_is_not_undone(client, admin_client, questionnaire):
    text = written("un")
    decide(admin_client, text, "publish")
    client.force_login(User.objects.create_superuser("camille"))

    client.post(UNDO)

    assert state_of(text) == ("approved", "")


def test_undoing_wants_a_post_and_the_right_to_decide(client, questionnaire):
    assert client.post(UNDO).url.startswith("/admin/login/")
    user = moderator()
    user.user_permissions.add(Permission.objects.get(codename="view_texttoread"))
    client.force_login(user)
    assert client.post(UNDO).status_code == 403
    assert client.get(UNDO).status_code == 405
