"""Counting the precisions on « Autre » as other choices, in the admin."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from survey import coding, consequences, filling, moderation
from survey.admin.codeform import seen
from survey.coding import NewChoice
from survey.models import Answer, Choice, Decision, Question, TextToRead
from tests.factories import NOTHING_PUBLIC, moderator, respondent

pytestmark = pytest.mark.django_db

LIST = "/admin/survey/texttoread/"
PRECISIONS = f"{LIST}?precision=other&verdict=all"


def written(other="Péniche", code="type"):
    own = {"choice": "autre", "other": other}
    person = respondent({code: [own] if code == "outils" else own})
    return TextToRead.objects.get(respondent=person)


def choice(code, question="type"):
    return Choice.objects.get(question__code=question, code=code)


def page_of(text):
    return reverse("admin:survey_texttoread_change", args=[text.pk])


def code_of(text):
    return reverse("admin:survey_texttoread_code", args=[text.pk])


def as_seen(*texts):
    return {"seen": seen(texts)}


def in_bulk(action, *texts, **more):
    return {"action": action, "_selected_action": [text.pk for text in texts], "index": 0} | more


def confirmed(*texts, **more):
    posted = {f"code-{name}": value for name, value in more.items()}
    return in_bulk("code_as", *texts[:1], confirmed=1, **as_seen(*texts), **posted)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def codes(*texts):
    found = dict(Answer.objects.values_list("pk", "coded_as__code"))
    return [found[text.pk] for text in texts]


def test_a_precision_is_counted_elsewhere_from_where_it_is_read(admin_client, questionnaire):
    text = written()
    respondent({"type": "mairie"})

    page = admin_client.get(page_of(text)).content.decode()
    mairie = choice("mairie").pk
    told = admin_client.post(
        code_of(text), as_seen(text) | {"code-choice": mairie, "code-reason": "Un bac"}, follow=True
    )

    assert f'<option value="{mairie}">Mairie (1\u00a0→\u00a02)</option>' in page
    assert messages_of(told) == ["1 texte compté avec « Mairie » : Mairie 1 → 2, Autre 1 → 0."]
    assert "Compté avec <strong>«&nbsp;Mairie&nbsp;»" in told.content.decode()
    assert Decision.objects.get().reason == "Un bac"


def test_it_is_put_back_from_where_it_is_read(admin_client, questionnaire):
    text = written()
    coding.code(text, choice("mairie"), by=moderator())

    told = admin_client.post(code_of(text), as_seen(text) | {"uncode": 1}, follow=True)

    assert messages_of(told) == ["1 texte remis dans « Autre » : Mairie 1 → 0, Autre 0 → 1."]
    assert codes(text) == [None]


def test_a_new_choice_is_made_from_where_a_text_is_read(admin_client, questionnaire):
    text = written()

    admin_client.post(code_of(text), as_seen(text) | {"code-new": "Bateau"})

    assert codes(text) == ["bateau"]


@pytest.mark.parametrize("both", [False, True])
def test_one_choice_must_be_named_an_old_one_or_a_new(admin_client, questionnaire, both):
    text = written()
    given = {"code-choice": choice("mairie").pk, "code-new": "Bateau"} if both else {}

    page = admin_client.post(code_of(text), as_seen(text) | given)

    assert "Prenez un des choix, ou donnez le nom d’un nouveau." in page.content.decode()
    assert codes(text) == [None]


def test_the_second_to_code_is_told_how_it_was_coded(admin_client, questionnaire):
    text = written()
    shown = as_seen(text)
    other = User.objects.create(username="camille", first_name="Camille", last_name="Durand")
    coding.code(text, choice("association"), by=other)

    told = admin_client.post(
        code_of(text), shown | {"code-choice": choice("mairie").pk}, follow=True
    )

    assert "Camille Durand a décidé de ce texte" in messages_of(told)[0]
    assert "compté avec « Association »" in messages_of(told)[0]
    assert codes(text) == ["association"]


def test_a_text_that_its_author_rewrote_is_shown_again(admin_client, questionnaire):
    text = written()
    place = {"respondent": text.respondent_id, "question": text.question_id}
    place |= {"choice": text.choice_id, "text": text.text}
    filling.save(text.respondent, 1, {"type": {"choice": "autre", "other": "Barge"}})

    page = admin_client.post(code_of(text), as_seen(text) | place | {"code-new": "Bateau"})

    assert "a modifié ce texte pendant que vous le lisiez" in messages_of(page)[0]


def test_texts_that_are_no_precision_are_offered_no_choice(admin_client, questionnaire):
    person = respondent({"freins": "le temps"})
    text = TextToRead.objects.get(respondent=person)

    page = admin_client.get(page_of(text)).content.decode()
    told = admin_client.post(code_of(text), as_seen(text) | {"code-new": "Temps"}, follow=True)

    assert "Dans les chiffres" not in page
    assert "pas une précision" in messages_of(told)[0]


def test_several_are_counted_as_one_choice_in_one_go(admin_client, questionnaire):
    texts = [written("Péniche"), written("péniche"), written("Barge")]

    page = admin_client.post(PRECISIONS, in_bulk("code_as", *texts)).content.decode()
    told = admin_client.post(PRECISIONS, confirmed(*texts, new="Bateau"), follow=True)

    assert "3 précisions" in page
    assert all(word in page for word in ("Péniche", "péniche", "Barge"))
    assert messages_of(told) == ["3 textes comptés avec « Bateau » : Bateau 0 → 3, Autre 3 → 0."]
    assert codes(*texts) == ["bateau"] * 3


def test_in_bulk_what_was_coded_meanwhile_is_left_and_told(admin_client, questionnaire):
    texts = [written("Péniche"), written("Barge")]
    posted = confirmed(*texts, choice=choice("mairie").pk)
    coding.code(texts[0], choice("association"), by=moderator())

    told = admin_client.post(PRECISIONS, posted, follow=True)

    assert messages_of(told)[0].startswith("1 texte compté avec « Mairie »")
    assert messages_of(told)[1].startswith("1 refus : moderatrice a décidé de ce texte de #1")
    assert codes(*texts) == ["association", "mairie"]


def test_precisions_of_several_questions_are_asked_for_apart(admin_client, questionnaire):
    texts = [written(), written("PC", "outils")]

    told = admin_client.post(PRECISIONS, in_bulk("code_as", *texts), follow=True)

    assert messages_of(told) == [
        "Ces textes répondent à « Outils » et « Type » : prenez ceux d’une seule question, "
        "le filtre « question » les réunit."
    ]


def test_what_is_no_precision_cannot_be_selected_for_it(admin_client, questionnaire):
    text = TextToRead.objects.get(respondent=respondent({"freins": "le temps"}))

    told = admin_client.post(LIST, in_bulk("code_as", text), follow=True)

    assert messages_of(told) == ["Aucun des textes choisis n’est une précision sur « Autre »."]


def test_several_are_put_back_in_one_go(admin_client, questionnaire):
    texts = [written("Péniche"), written("Barge")]
    coding.code_each(texts, NewChoice(Question.objects.get(code="type"), "B"), by=moderator())

    told = admin_client.post(
        f"{LIST}?precision=coded&verdict=all", in_bulk("uncode", *texts), follow=True
    )

    assert messages_of(told) == ["2 textes remis dans « Autre »."]
    assert codes(*texts) == [None, None]
    assert not Choice.objects.filter(added=True).exists()


def test_putting_back_spares_what_was_coded_after_the_list_was_shown(admin_client, questionnaire):
    text = written()
    coding.code(text, choice("mairie"), by=moderator())

    told = admin_client.post(
        f"{LIST}?precision=coded&verdict=all",
        in_bulk("uncode", text, seen_at="2021-01-01 00:00"),
        follow=True,
    )

    assert "compté avec « Mairie »" in messages_of(told)[0]
    assert codes(text) == ["mairie"]


def test_precisions_are_found_whatever_was_decided_like_words_together(admin_client, questionnaire):
    for words in ("Épicerie", "Barge", "epicerie", "Ecole", "épicerie"):
        written(words)
    coding.code(written("Comptée"), choice("mairie"), by=moderator())
    respondent({"freins": "Banal"})

    other = admin_client.get(PRECISIONS).context["cl"].result_list
    coded = admin_client.get(f"{LIST}?precision=coded&verdict=all").context["cl"].result_list

    assert [t.text for t in other] == ["Barge", "Ecole", "Épicerie", "epicerie", "épicerie"]
    assert [t.text for t in coded] == ["Comptée"]


def test_the_filter_shows_precisions_of_every_verdict(admin_client, questionnaire):
    written()

    page = admin_client.get(LIST).content.decode()

    assert "?precision=other&amp;verdict=all" in page


def test_the_log_tells_codings_in_words(admin_client, questionnaire):
    text = written()
    coding.code(text, choice("mairie"), by=moderator(), reason="Un bac")

    log = admin_client.get("/admin/survey/decision/?verdict=coded").content.decode()
    portrait = admin_client.get(f"/admin/survey/respondent/{text.respondent_id}/change/")

    assert "« Autre »" in log
    assert "compté avec « Mairie »" in log
    assert "Type · Autre" in log
    assert "compté avec « Mairie »" in portrait.content.decode()


def test_editors_see_which_choices_were_added(admin_client, questionnaire):
    asked = Question.objects.get(code="type")
    coding.code(written(), NewChoice(asked, "Bateau"), by=moderator())

    page = admin_client.get(f"/admin/survey/question/{asked.pk}/change/").content.decode()

    assert "Ajouté en recodant" in page
    assert 'value="Bateau"' in page


def test_the_counts_are_those_of_the_report(questionnaire):
    texts = [written("Péniche"), written("Barge")]
    coding.code(texts[0], choice("mairie"), by=moderator())
    person = respondent({"outils": ["tablette", {"choice": "autre", "other": "iPad"}]})
    ipad = TextToRead.objects.get(respondent=person)
    coding.code(ipad, choice("tablette", "outils"), by=moderator())

    types = consequences.counts(Question.objects.get(code="type"))
    tools = consequences.counts(Question.objects.get(code="outils"))

    assert types == {choice("mairie").pk: 1, choice("autre").pk: 1}
    assert tools == {choice("tablette", "outils").pk: 1}


def asked_for(text, name):
    return as_seen(text) | {"code-new": name}


def silent(other="Maison Durand"):
    return TextToRead.objects.get(
        respondent=respondent({"type": {"choice": "autre", "other": other}}, NOTHING_PUBLIC)
    )


def test_the_words_of_who_did_not_agree_are_no_name_of_a_choice(admin_client, questionnaire):
    text = silent("La Péniche")

    page = admin_client.get(page_of(text)).content.decode()
    told = admin_client.post(code_of(text), asked_for(text, "la peniche")).content.decode()

    assert "#1 n’a pas accepté que ses mots paraissent" in page
    assert "ce sont les mots mêmes de #1" in told
    assert 'value="la peniche"' in told
    assert codes(text) == [None]


def test_words_that_somebody_else_agreed_to_publish_are_a_name(admin_client, questionnaire):
    text, _ = silent("Péniche"), written("péniche")

    admin_client.post(code_of(text), asked_for(text, "Péniche"))

    assert codes(text) == ["peniche"]


def test_a_name_that_looks_personal_is_asked_for_twice(admin_client, questionnaire):
    text = written()
    posted = asked_for(text, "06 12 34 56 78")

    page = admin_client.post(code_of(text), posted).content.decode()
    before = codes(text)
    admin_client.post(code_of(text), posted | {"code-sure": "on"})

    assert "un numéro de téléphone" in page
    assert "Ce nom peut paraître" in page
    assert before == [None]
    assert codes(text) == ["06_12_34_56_78"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("\u200b\u2060", "Donnez un nom"),
        ("\u3164", "Donnez un nom"),
        ("Sans réponse", "une ligne du rapport"),
        ("question non posee", "une ligne du rapport"),
        ("NA", "une ligne du rapport"),
        ("Q" * 201, "au plus 200"),
    ],
)
def test_a_name_that_readers_would_mistake_is_refused_once(admin_client, questionnaire, name, said):
    text = written()

    page = admin_client.post(code_of(text), asked_for(text, name)).content.decode()

    assert said in page
    assert page.count("errorlist") == 1
    assert codes(text) == [None]


@pytest.mark.parametrize("name", ["\u202eMairie", "Ｍairie", "mai\u0301rie", "MAIRIE\u200b"])
def test_a_name_that_looks_like_a_choice_is_that_choice(admin_client, questionnaire, name):
    text = written()

    admin_client.post(code_of(text), asked_for(text, name))

    assert codes(text) == ["mairie"]


def test_a_choice_that_is_gone_is_told_without_its_key(admin_client, questionnaire):
    text = written()

    page = admin_client.post(code_of(text), as_seen(text) | {"code-choice": "99999"})

    assert "Ce choix n’existe plus" in page.content.decode()
    assert "99999" not in page.content.decode()


def undo(client):
    return client.post(reverse("admin:survey_texttoread_undo"), follow=True)


def test_a_coding_is_a_step_that_is_undone_and_no_other(admin_client, questionnaire):
    text, other = written(), written("Barge")
    moderation.approve(other, by=moderator())
    coding.code(text, NewChoice(text.question, "Bateau"), by=moderator())
    text.refresh_from_db()
    admin_client.post(code_of(text), as_seen(text) | {"code-choice": choice("mairie").pk})

    bar = admin_client.get(page_of(text)).content.decode()
    told = undo(admin_client)

    assert "Dernière décision&nbsp;: #1, compté avec «\u00a0Mairie\u00a0»" in bar
    assert messages_of(told) == ["1 décision annulée."]
    assert codes(text) == ["bateau"]
    assert TextToRead.objects.get(pk=other.pk).verdict == "approved"


def test_codings_in_bulk_are_undone_as_one_but_what_changed_since(admin_client, questionnaire):
    texts = [written("Péniche"), written("Barge"), written("Bac")]
    admin_client.post(PRECISIONS, confirmed(*texts, choice=choice("mairie").pk), follow=True)
    since = TextToRead.objects.get(pk=texts[0].pk)
    coding.code(since, choice("association"), by=moderator())

    told = undo(admin_client)

    assert messages_of(told)[0] == "2 décisions annulées."
    assert "compté avec «\u00a0Association\u00a0»" in messages_of(told)[1]
    assert codes(*texts) == ["association", None, None]


def test_steps_on_one_text_are_undone_one_after_the_other(admin_client, questionnaire):
    text = written()
    for code in ("mairie", "association"):
        text.refresh_from_db()
        admin_client.post(code_of(text), as_seen(text) | {"code-choice": choice(code).pk})

    undo(admin_client)
    first = codes(text)
    undo(admin_client)

    assert first == ["mairie"]
    assert codes(text) == [None]


def test_in_bulk_what_its_author_rewrote_before_confirming_is_told(admin_client, questionnaire):
    texts = [written("Péniche"), written("Barge")]
    posted = confirmed(*texts, new="Bateau")
    filling.save(texts[0].respondent, 1, {"type": "mairie"})

    one = admin_client.post(PRECISIONS, posted, follow=True)
    filling.withdraw(texts[1].respondent)
    none = admin_client.post(PRECISIONS, posted, follow=True)

    assert messages_of(one)[0].startswith("1 texte choisi n’existe plus")
    assert messages_of(one)[1].startswith("1 texte compté avec")
    assert len(messages_of(none)) == 1
    assert messages_of(none)[0].startswith("2 textes choisis n’existent plus")


def test_putting_back_tells_of_what_is_gone(admin_client, questionnaire):
    text = written()
    posted = in_bulk("uncode", text)
    filling.withdraw(text.respondent)

    told = admin_client.post(PRECISIONS, posted, follow=True)

    assert messages_of(told)[0].startswith("1 texte choisi n’existe plus")


def test_only_what_changed_is_said_to_be_done(admin_client, questionnaire):
    texts = [written("Péniche"), written("Barge")]
    posted = confirmed(*texts, choice=choice("mairie").pk)

    back = admin_client.post(PRECISIONS, in_bulk("uncode", *texts), follow=True)
    admin_client.post(PRECISIONS, posted)
    twice = admin_client.post(PRECISIONS, posted, follow=True)

    assert messages_of(back) == ["2 textes étaient déjà remis dans «\u00a0Autre\u00a0»."]
    assert messages_of(twice)[-1] == "2 textes étaient déjà comptés avec «\u00a0Mairie\u00a0»."


def test_the_second_to_code_keeps_what_they_typed(admin_client, questionnaire):
    text = written()
    posted = asked_for(text, "Bateau") | {"code-reason": "Un bac"}
    coding.code(text, choice("association"), by=moderator())

    page = admin_client.post(code_of(text), posted).content.decode()

    assert 'value="Bateau"' in page
    assert 'value="Un bac"' in page
    assert "compté avec «\u00a0Association\u00a0»" in page


def test_who_codes_what_its_author_rewrote_keeps_what_they_typed(admin_client, questionnaire):
    text = written()
    place = {"respondent": text.respondent_id, "question": text.question_id}
    place |= {"choice": text.choice_id, "text": text.text}
    filling.save(text.respondent, 1, {"type": {"choice": "autre", "other": "Barge"}})

    page = admin_client.post(code_of(text), asked_for(text, "Bateau") | place).content.decode()

    assert 'value="Bateau"' in page


def test_in_bulk_what_is_typed_is_kept_where_all_is_refused(admin_client, questionnaire):
    text = written()
    posted = confirmed(text, new="Bateau", reason="Un bac")
    coding.code(text, choice("association"), by=moderator())

    page = admin_client.post(PRECISIONS, posted).content.decode()

    assert 'value="Bateau"' in page
    assert 'value="Un bac"' in page


@pytest.mark.parametrize("forged", ["", "{", "[]", "{}"])
def test_a_page_that_does_not_say_what_was_seen_changes_nothing(
    admin_client, questionnaire, forged
):
    text = written()

    told = admin_client.post(code_of(text), {"seen": forged, "code-new": "Bateau"})

    assert messages_of(told)[0].startswith("Rien n’est changé")
    assert 'value="Bateau"' in told.content.decode()
    assert codes(text) == [None]


def test_what_coding_changes_is_told_before(admin_client, questionnaire):
    texts = [written("Péniche"), written("Barge")]
    respondent({"type": "mairie"})

    page = admin_client.post(PRECISIONS, in_bulk("code_as", *texts)).content.decode()

    assert "Mairie (1\u00a0→\u00a03)" in page
    assert "Association (0\u00a0→\u00a02)" in page


def test_an_excluded_respondent_is_coded_neither_singly_nor_in_bulk(admin_client, questionnaire):
    text = written()
    moderation.exclude(text.respondent, by=moderator(), reason="spam")

    told = admin_client.post(code_of(text), asked_for(text, "Bateau"))

    assert "est exclu" in messages_of(told)[0]
    assert not Choice.objects.filter(added=True).exists()
