from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from survey import filling, moderation
from survey.models import Answer, Decision, Questionnaire, Respondent
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/survey/texttoread/"
ALL = f"{LIST}?verdict=all"
NEXT = "/admin/survey/texttoread/next/"


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def page_of(text):
    return reverse("admin:survey_texttoread_change", args=[text.pk])


def as_read(text, decision, **more):
    return {"decision": decision, "text": text.text, "verdict": text.verdict} | more


def in_bulk(action, *texts, **more):
    if action == "publish":
        more = {"confirmed": 1} | more
    return {"action": action, "_selected_action": [text.pk for text in texts], "index": 0} | more


def written(words, consents=None):
    answers = {"freins": words}
    person = respondent(answers, consents) if consents else respondent(answers)
    return text_of(person, "freins")


def verdicts(*texts):
    return [Answer.objects.get(pk=text.pk).verdict for text in texts]


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_the_list_shows_the_texts_that_the_index_counts(admin_client, questionnaire):
    written("Sans accord", NOTHING_PUBLIC)
    written("Avec accord")
    moderation.reject(written("Déjà décidé"), by=moderator())

    index = admin_client.get("/admin/").content.decode()
    listed = admin_client.get(LIST).context["cl"].result_list

    assert "<strong>1</strong> texte à lire" in index
    assert [text.text for text in listed] == ["Avec accord"]


def test_texts_of_an_excluded_respondent_do_not_wait(admin_client, questionnaire):
    text = written("Achetez mes pilules")
    moderation.exclude(text.respondent, by=moderator(), reason="publicité")

    assert "Achetez mes pilules" not in admin_client.get(LIST).content.decode()
    assert admin_client.get(NEXT).url == LIST


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("verdict=rejected", {"trois"}),
        ("verdict=all", {"un", "deux", "trois", "blog"}),
        ("", {"un", "blog"}),
        ("verdict=unagreed", {"deux"}),
        ("q=%231", {"un", "blog"}),
        ("q=deu&verdict=all", {"deux"}),
    ],
)
def test_texts_are_filtered_and_searched(admin_client, questionnaire, query, shown):
    text_of(respondent({"freins": "un", "site": "blog"}), "freins")
    written("deux", NOTHING_PUBLIC)
    moderation.reject(written("trois"), by=moderator())

    response = admin_client.get(f"{LIST}?{query}")

    assert {text.text for text in response.context["cl"].result_list} == shown


def test_texts_are_filtered_by_question(admin_client, questionnaire):
    text = text_of(respondent({"freins": "un", "site": "blog"}), "freins")

    response = admin_client.get(f"{LIST}?question__id__exact={text.question_id}")

    assert [text.text for text in response.context["cl"].result_list] == ["un"]


def test_bulk_publishing_says_how_many_and_why_others_were_refused(admin_client, questionnaire):
    texts = [written("un"), written("deux", NOTHING_PUBLIC), written("trois")]

    response = admin_client.post(ALL, in_bulk("publish", *texts), follow=True)

    assert verdicts(*texts) == ["approved", "pending", "approved"]
    assert messages_of(response) == [
        "2 textes publiés.",
        "1 refus\u00a0: #2 n’a pas accepté que ce texte soit publié.",
    ]


def test_bulk_publishing_shows_first_what_will_appear_and_where(admin_client, questionnaire):
    moderation.approve(written("zéro"), by=moderator())
    person = respondent({"freins": "Appelez Sandrine", "nom": "Le Phare"})
    texts = [text_of(person, "freins"), text_of(person, "nom"), written("Tu", NOTHING_PUBLIC)]
    wanted = {"action": "publish", "_selected_action": [text.pk for text in texts], "index": 0}

    page = admin_client.post(ALL, wanted).content.decode()

    assert verdicts(*texts) == ["pending", "pending", "pending"]
    assert "<strong>2 textes paraîtront</strong>" in page
    assert "1 texte n’a pas l’accord" in page
    assert "Bloc «\u00a0Freins\u00a0», sous les numéros\u00a0: 1 texte publié\u00a0→\u00a02" in page
    assert "«\u00a0Nom\u00a0»\u00a0: 1 dans les tableaux de structures" in page
    assert "<li><mark>Sandrine</mark> un prénom</li>" in page
    assert ">Tu<" not in page


def test_bulk_publishing_of_texts_without_consent_asks_nothing(admin_client, questionnaire):
    wanted = in_bulk("publish", written("Tu", NOTHING_PUBLIC))
    del wanted["confirmed"]

    response = admin_client.post(ALL, wanted, follow=True)

    assert messages_of(response) == ["Aucun de ces textes n’a l’accord nécessaire pour paraître."]


def test_many_refusals_are_told_in_short(admin_client, questionnaire):
    texts = [written(f"texte {n}", NOTHING_PUBLIC) for n in range(10)]

    response = admin_client.post(ALL, in_bulk("publish", *texts), follow=True)

    (message,) = messages_of(response)
    assert message.startswith("10 refus\u00a0: #1 n’a pas accepté")
    assert "#8" in message
    assert "#9" not in message
    assert message.endswith("Et 2 autres refus.")


def test_the_same_refusal_twice_is_told_once(admin_client, questionnaire):
    person = respondent({"freins": "un", "site": "blog"}, NOTHING_PUBLIC)
    texts = [text_of(person, "freins"), text_of(person, "site")]

    response = admin_client.post(ALL, in_bulk("publish", *texts), follow=True)

    assert messages_of(response) == ["2 refus\u00a0: #1 n’a pas accepté que ce texte soit publié."]


def test_bulk_decisions_reach_every_page_and_nothing_outside_the_filter(
    admin_client, questionnaire
):
    texts = [written(f"la médiation, vue {n}") for n in range(120)]
    other = written("autre chose")
    wanted = in_bulk("publish", texts[0], select_across=1)

    admin_client.post(f"{LIST}?q=médiation", wanted)

    assert set(verdicts(*texts)) == {"approved"}
    assert verdicts(other) == ["pending"]


def test_texts_are_kept_private_and_put_back_to_read_in_bulk(admin_client, questionnaire):
    texts = [written("un"), written("deux", NOTHING_PUBLIC)]

    admin_client.post(ALL, in_bulk("keep_private", *texts))
    assert verdicts(*texts) == ["rejected", "rejected"]

    admin_client.post(f"{LIST}?verdict=rejected", in_bulk("put_back", *texts))
    assert verdicts(*texts) == ["pending", "pending"]
    assert Decision.objects.count() == 4


def test_bulk_publishing_spares_what_changed_since_the_list_was_shown(admin_client, questionnaire):
    seen_at = admin_client.get(LIST).context["action_form"]["seen_at"].value()
    person = respondent({"freins": "écrit ensuite"})
    changed, other = text_of(person, "freins"), written("aussi")
    hour_ago = timezone.now() - timedelta(hours=1)
    Respondent.objects.filter(pk=other.respondent_id).update(updated_at=hour_ago)

    wanted = in_bulk("publish", changed, other, seen_at=seen_at)
    response = admin_client.post(LIST, wanted, follow=True)

    assert verdicts(changed, other) == ["pending", "approved"]
    assert messages_of(response)[1] == (
        "1 refus\u00a0: Le texte de #1 a changé depuis que cette liste est affichée\u00a0: "
        "relisez-le."
    )


def test_bulk_publishing_spares_what_somebody_else_decided_meanwhile(admin_client, questionnaire):
    text = written("un")
    listed = admin_client.get(f"{LIST}?verdict=all")
    seen_at = listed.context["action_form"]["seen_at"].value()
    moderation.reject(text, by=moderator())

    admin_client.post(f"{LIST}?verdict=all", in_bulk("publish", text, seen_at=seen_at))

    assert verdicts(text) == ["rejected"]


def test_a_text_is_read_in_its_question_with_its_number_and_consent(admin_client, questionnaire):
    text = written("Le manque de temps")

    page = admin_client.get(page_of(text)).content.decode()

    for shown in ("Le manque de temps", "freins ?", "#1", "donné", "1 texte à lire"):
        assert shown in page


def test_publishing_one_text_leads_to_the_next(admin_client, questionnaire):
    first, second = written("un"), written("deux")

    response = admin_client.post(page_of(first), as_read(first, "publish"), follow=True)

    assert verdicts(first, second) == ["approved", "pending"]
    assert response.redirect_chain[-1][0] == page_of(second)
    assert messages_of(response) == ["Texte de #1\u00a0: publié. 1 texte à lire encore."]


def test_after_the_last_text_the_list_says_so(admin_client, questionnaire):
    text = written("un")

    response = admin_client.post(page_of(text), as_read(text, "publish"), follow=True)

    assert response.redirect_chain[-1][0] == LIST
    assert "Texte de #1\u00a0: publié." in messages_of(response)


def test_an_empty_queue_says_what_it_leaves_out(admin_client, questionnaire):
    text = written("Le temps manque")
    for words in ("un", "deux"):
        written(words, NOTHING_PUBLIC)

    assert "Tout est lu" not in admin_client.get(LIST).content.decode()
    moderation.approve(text, by=moderator())
    page = admin_client.get(LIST).content.decode()

    assert "Tout est lu." in page
    assert "2 textes n’ont pas l’accord de leur auteur" in page
    assert 'href="?verdict=unagreed"' in page
    assert "0 texte à lire" not in page


def test_the_list_counts_as_texts_what_is_decided(admin_client, questionnaire):
    for words in ("un", "deux"):
        moderation.approve(written(words), by=moderator())

    page = admin_client.get(ALL).content.decode()

    assert "2 textes\n" in page
    assert "2 textes à lire" not in page


def test_texts_follow_question_by_question_and_skipping_comes_round(admin_client, questionnaire):
    first, second = (respondent({"freins": "un", "site": "blog"}) for _ in range(2))
    order = [text_of(p, q) for q in ("freins", "site") for p in (first, second)]
    waiting = [*order, order[0]]

    for text, following in pairwise(waiting):
        assert admin_client.get(f"{NEXT}?after={text.pk}").url == page_of(following)


def test_publishing_in_part_keeps_the_original(admin_client, questionnaire):
    text = written("Écrivez à lea@exemple.fr,\nvite")
    posted = as_read(text, "redact", public_text="Écrivez-moi,\r\nvite", reason="adresse")
    posted["text"] = posted["text"].replace("\n", "\r\n")  # as browsers post it

    admin_client.post(page_of(text), posted)

    text.refresh_from_db()
    assert (text.verdict, text.public_text) == ("redacted", "Écrivez-moi,\nvite")
    assert text.text == "Écrivez à lea@exemple.fr,\nvite"
    assert Decision.objects.get().reason == "adresse"


def test_a_redaction_that_takes_nothing_is_refused_beside_its_field(admin_client, questionnaire):
    text = written("un")

    response = admin_client.post(page_of(text), as_read(text, "redact", public_text="un"))

    assert response.context["form"].errors == {
        "public_text": ["Rien n’est retiré de ce texte : publiez-le tel quel."]
    }
    assert verdicts(text) == ["pending"]


def test_a_text_cut_in_its_field_is_not_published_whole(admin_client, questionnaire):
    text = written("Demandez à Léa,\nvite")
    posted = as_read(text, "publish", public_text="Demandez,\r\nvite", reason="nomme Léa")

    response = admin_client.post(page_of(text), posted)

    assert verdicts(text) == ["pending"]
    form = response.context["form"]
    assert form.errors["public_text"][0].startswith("Le texte à publier n’est pas le texte entier")
    assert (form["public_text"].value(), form["reason"].value()) == (
        "Demandez,\r\nvite",
        "nomme Léa",
    )


def test_a_text_whose_field_is_as_its_author_wrote_is_published(admin_client, questionnaire):
    text = written("Demandez à Léa,\nvite")
    posted = as_read(text, "publish", public_text="Demandez à Léa,\r\nvite ")

    admin_client.post(page_of(text), posted)

    assert verdicts(text) == ["approved"]


def test_keeping_private_logs_the_reason(admin_client, admin_user, questionnaire):
    text = written("un")

    admin_client.post(page_of(text), as_read(text, "keep", reason="nomme une collègue"))

    decision = Decision.objects.get()
    assert (decision.verdict, decision.reason) == ("rejected", "nomme une collègue")
    assert decision.by == admin_user


def test_a_decided_text_is_put_back_to_read(admin_client, questionnaire):
    text = written("un")
    moderation.approve(text, by=moderator())

    admin_client.post(page_of(text), as_read(text, "reopen"))

    assert verdicts(text) == ["pending"]


def test_a_text_without_consent_cannot_be_published(admin_client, questionnaire):
    text = written("un", NOTHING_PUBLIC)

    response = admin_client.post(page_of(text), as_read(text, "publish"))

    assert verdicts(text) == ["pending"]
    assert "#1 n’a pas accepté que ce texte soit publié." in response.content.decode()


def test_a_text_decided_meanwhile_is_shown_again(admin_client, questionnaire):
    text = written("un")
    moderation.reject(written("autre"), by=moderator())
    read = as_read(text, "publish")
    moderation.reject(text, by=moderator())

    response = admin_client.post(page_of(text), read, follow=True)

    assert verdicts(text) == ["rejected"]
    assert response.context["text"].verdict == "rejected"
    assert messages_of(response)[0].startswith("moderatrice a décidé de ce texte de #1 le ")
    assert messages_of(response)[0].endswith(
        "\u00a0: «\u00a0gardé privé\u00a0». Rien n’a été changé\u00a0: relisez-le."
    )
    assert "Déjà décidé" in response.content.decode()


def test_a_text_that_is_not_the_one_read_is_not_published(admin_client, questionnaire):
    text = written("un")

    admin_client.post(page_of(text), as_read(text, "publish") | {"text": "autre chose"})

    assert verdicts(text) == ["pending"]


def test_a_text_rewritten_by_its_author_sends_the_moderator_back(admin_client, questionnaire):
    text = written("un")
    read = as_read(text, "publish")
    filling.save(text.respondent, 1, {"freins": "deux"})

    response = admin_client.post(page_of(text), read, follow=True)

    assert response.redirect_chain[-1][0] == LIST
    assert messages_of(response)[0].startswith("Ce texte n’existe plus")
    assert text_of(text.respondent, "freins").verdict == "pending"


def test_a_precision_is_read_with_its_choice(admin_client, questionnaire):
    person = respondent({"type": {"choice": "autre", "other": "Un fablab"}})

    page = admin_client.get(page_of(text_of(person, "type"))).content.decode()

    assert "Précision du choix «&nbsp;Autre&nbsp;»" in page


def test_a_text_is_escaped_wherever_it_is_shown(admin_client, questionnaire):
    text = written("<script>alert(1)</script>")
    person = reverse("admin:survey_respondent_change", args=[text.respondent_id])
    moderation.redact(text, "<b>rien</b>", by=moderator(), reason="<i>")
    decisions = "/admin/survey/decision/"
    decision = f"{decisions}{Decision.objects.get().pk}/change/"

    for address in (f"{LIST}?verdict=all", page_of(text), person, decisions, decision):
        page = admin_client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>rien" not in page
        assert "<i>" not in page


def test_bulk_publishing_moves_the_revision_that_readers_follow(admin_client, questionnaire):
    text = written("un")
    before = Questionnaire.objects.current().revision

    admin_client.post(LIST, in_bulk("publish", text))

    assert Questionnaire.objects.current().revision == before + 1


def test_strangers_are_sent_to_log_in(client, questionnaire):
    text = written("un")

    for address in (LIST, NEXT, page_of(text)):
        assert client.get(address).url == f"/admin/login/?next={address}"
    client.post(page_of(text), as_read(text, "publish"))
    assert verdicts(text) == ["pending"]


def test_staff_without_the_permission_read_and_decide_nothing(client, questionnaire):
    text = written("un")
    client.force_login(moderator())

    for address in (LIST, NEXT, page_of(text)):
        assert client.get(address).status_code == 403
    assert client.post(page_of(text), as_read(text, "publish")).status_code == 403
    assert client.post(LIST, in_bulk("publish", text)).status_code == 403
    assert verdicts(text) == ["pending"]


def test_staff_who_may_only_view_decide_nothing(client, questionnaire):
    text = written("un")
    user = moderator()
    user.user_permissions.add(Permission.objects.get(codename="view_texttoread"))
    client.force_login(user)

    page = client.get(page_of(text))
    assert page.status_code == 200
    assert "Garder privé" not in page.content.decode()
    assert client.post(page_of(text), as_read(text, "publish")).status_code == 403
    client.post(LIST, in_bulk("publish", text))
    assert verdicts(text) == ["pending"]


def test_staff_who_may_change_texts_decide(client, questionnaire):
    text = written("un")
    user = moderator()
    user.user_permissions.add(Permission.objects.get(codename="change_texttoread"))
    client.force_login(user)

    client.post(LIST, in_bulk("publish", text))

    assert verdicts(text) == ["approved"]


def test_nobody_adds_or_deletes_a_text(admin_client, questionnaire):
    text = written("un")

    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(f"{LIST}{text.pk}/delete/", {"post": "yes"}).status_code == 403


def test_texts_are_published_in_part_together_and_those_left_whole_stay_as_they_are(
    admin_client, questionnaire
):
    cut, whole = written("Appelez Anna au 06"), written("Rien de personnel")
    shy = written("Sans accord", NOTHING_PUBLIC)
    asked = admin_client.post(LIST, in_bulk("publish_in_part", cut, whole, shy)).content.decode()
    assert "Appelez Anna au 06</textarea>" in asked
    assert "<mark>Anna</mark> un prénom" in asked
    assert "0 texte publié\u00a0→\u00a02" in asked
    assert 'rows="2"' in asked
    assert "Sans accord" not in asked

    typed = {}
    for text, words in ((cut, "Appelez […]"), (whole, whole.text)):
        shown = as_read(text, "redact", public_text=words)
        typed |= {f"text-{text.pk}-{name}": value for name, value in shown.items()}
    done = admin_client.post(
        LIST, in_bulk("publish_in_part", cut, whole, confirmed=1, **typed), follow=True
    )

    assert verdicts(cut, whole, shy) == ["redacted", "pending", "pending"]
    assert Answer.objects.get(pk=cut.pk).public_text == "Appelez […]"
    assert messages_of(done) == [
        "1 texte publié en partie.",
        "1 texte laissé tel quel\u00a0: rien n’en était retiré.",
    ]


def test_a_text_emptied_in_bulk_is_asked_for_again_and_the_others_are_published(
    admin_client, questionnaire
):
    emptied, cut = written("Tout est à taire"), written("Dire et taire")
    typed = {}
    for text, words in ((emptied, " "), (cut, "Dire")):
        shown = as_read(text, "redact", public_text=words)
        typed |= {f"text-{text.pk}-{name}": value for name, value in shown.items()}

    again = admin_client.post(
        LIST, in_bulk("publish_in_part", emptied, cut, confirmed=1, **typed)
    ).content.decode()

    assert verdicts(emptied, cut) == ["pending", "redacted"]
    assert "Il ne reste rien à publier" in again
    assert "Dire et taire" not in again
