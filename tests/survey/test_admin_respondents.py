import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from survey import filling, moderation
from survey.models import Decision, Respondent
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/survey/respondent/"


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def page_of(person):
    return reverse("admin:survey_respondent_change", args=[person.pk])


def asked(action, *people, **more):
    """What the list posts for these people; with `confirmed`, what the page after it posts."""
    keys = [person.pk for person in people]
    return {"action": f"{action}_respondents", "_selected_action": keys} | more


def verdicts():
    return list(
        Respondent.objects.order_by("number").values_list("number", "verdict", "verdict_reason")
    )


def shown(response):
    return [person.number for person in response.context["cl"].result_list]


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_the_list_counts_parts_answers_and_texts_that_wait(admin_client, questionnaire):
    answers = {
        "tiers_lieu": "oui",
        "outils": ["ordinateur", "tablette"],
        "freins": "un",
        "nom": "L",
    }
    person = respondent(answers)
    moderation.reject(text_of(person, "nom"), by=moderator())
    respondent()

    empty, full = admin_client.get(LIST).context["cl"].result_list

    assert (full.sections_filled, full.questions_answered, full.texts_waiting) == (2, 4, 1)
    assert (empty.sections_filled, empty.questions_answered, empty.texts_waiting) == (0, 0, 0)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("verdict__exact=held", [2]),
        ("complete=yes", [1]),
        ("complete=no", [3, 2]),
        ("waiting=yes", [1]),
        ("waiting=no", [3, 2]),
        ("agreed_to_publish__exact=0", [3]),
        ("q=%232", [2]),
        ("q=2", [2]),
        ("q=temps", [3, 1]),
        ("q=doublon", [2]),
        ("q=99999999999999999999", []),
    ],
)
def test_respondents_are_filtered_and_searched(admin_client, questionnaire, query, numbers):
    filling.complete(respondent({"freins": "le temps", "site": "le temps aussi"}))
    moderation.hold(respondent({"tiers_lieu": "oui"}), by=moderator(), reason="doublon ?")
    respondent({"freins": "le temps"}, NOTHING_PUBLIC)

    assert shown(admin_client.get(f"{LIST}?{query}")) == numbers


def between(first="", last="", field="started_at"):
    return f"{LIST}?{field}_from={first}&{field}_to={last}"


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        ("2021-03-02", "2021-03-02", [2]),
        ("2021-03-02", "", [3, 2]),
        ("", "2021-03-02", [2, 1]),
        ("02/03/2021", "", [3, 2]),
        ("", "", [3, 2, 1]),
    ],
)
def test_respondents_are_listed_between_two_days_of_here(
    admin_client, questionnaire, first, last, numbers
):
    # 23:30 in Paris is another day than in UTC.
    for moment in ("2021-03-01T23:30+01:00", "2021-03-02T23:30+01:00", "2021-03-03T00:30+01:00"):
        person = respondent()
        Respondent.objects.filter(pk=person.pk).update(started_at=moment, completed_at=moment)

    assert shown(admin_client.get(between(first, last))) == numbers
    assert shown(admin_client.get(between(first, last, "completed_at"))) == numbers


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("hier", "", "« hier » n’est pas une date ; écrivez 05/03/2021. Rien n’est montré."),
        ("2021-02-30", "", "« 2021-02-30 » n’est pas une date ; écrivez 05/03/2021."),
        ("2021-03-02", "2021-03-01", "le premier jour vient après le dernier. Rien n’est montré."),
    ],
)
def test_days_that_are_none_are_told_and_list_nobody(
    admin_client, questionnaire, first, last, told
):
    respondent()

    answer = admin_client.get(between(first, last))

    assert shown(answer) == []
    [message] = messages_of(answer)
    assert told in message.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_two_days_keep_the_other_filters(admin_client, questionnaire):
    page = admin_client.get(f"{LIST}?complete=no&q=temps&started_at_from=2021-03-02&p=1")

    started = page.content.decode().split("<summary> Par début </summary>")[1].split("</form>")[0]
    assert '<input type="hidden" name="complete" value="no">' in started
    assert '<input type="hidden" name="q" value="temps">' in started
    assert 'name="p"' not in started
    assert '<input type="date" name="started_at_from" value="2021-03-02">' in started


def test_whoever_judges_second_is_told_who_did_and_changes_nothing(
    admin_client, admin_user, questionnaire
):
    person, other = respondent(), respondent()
    page = admin_client.post(LIST, asked("exclude", person, other))
    read = page.context["read"]
    moderation.hold(person, by=moderator(), reason="à vérifier")

    wanted = asked("exclude", person, other, confirmed=1, reason="essai", read=read)
    done, refused = messages_of(admin_client.post(LIST, wanted, follow=True))

    assert done == "1 répondant exclu."
    assert "moderatrice a décidé de #1 le" in refused
    assert "en attente" in refused
    assert "à vérifier" in refused
    assert verdicts() == [(1, "held", "à vérifier"), (2, "excluded", "essai")]


def test_a_decision_from_a_page_read_before_another_is_refused(admin_client, questionnaire):
    person = respondent()
    shown_then = admin_client.get(page_of(person)).context["read"]
    moderation.exclude(person, by=moderator(), reason="doublon")

    page = admin_client.post(LIST, asked("hold", person, detail=1, read=shown_then))
    assert f'name="read" value="{shown_then}"' in page.content.decode()
    wanted = asked("hold", person, detail=1, confirmed=1, reason="?", read=shown_then)
    [refused] = messages_of(admin_client.post(LIST, wanted, follow=True))

    assert "doublon" in refused
    assert verdicts() == [(1, "excluded", "doublon")]


def test_what_was_decided_while_the_list_was_read_is_not_overwritten(admin_client, questionnaire):
    person = respondent()
    seen = admin_client.get(LIST)
    moderation.exclude(person, by=moderator(), reason="spam avéré")
    read = seen.context["read"]
    assert f'name="read" value="{read}"' in seen.content.decode()

    asking = admin_client.post(LIST, asked("hold", person, read=read))
    wanted = asked("hold", person, confirmed=1, reason="à relire", read=asking.context["read"])
    refused = admin_client.post(LIST, wanted)

    assert verdicts() == [(1, "excluded", "spam avéré")]
    [told] = messages_of(refused)
    assert "moderatrice a décidé de #1 le" in told
    assert "spam avéré" in told


def test_a_refused_decision_keeps_its_reason_and_can_be_taken_once_told(
    admin_client, questionnaire
):
    person, other = respondent(), respondent()
    read = admin_client.get(LIST).context["read"]
    moderation.exclude(person, by=moderator(), reason="spam avéré")

    wanted = asked("hold", person, other, confirmed=1, reason="à relire", read=read)
    told = admin_client.post(LIST, wanted)

    assert told.context["form"]["reason"].value() == "à relire"
    assert told.context["numbers"] == ["#1"]
    assert told.context["selected"] == [person.pk]
    assert verdicts() == [(1, "excluded", "spam avéré"), (2, "held", "à relire")]
    again = asked("hold", person, confirmed=1, reason="à relire", read=told.context["read"])
    admin_client.post(LIST, again)
    assert verdicts()[0] == (1, "held", "à relire")


def test_whoever_left_the_filtered_list_meanwhile_is_told_too(admin_client, questionnaire):
    person = respondent()
    counted = f"{LIST}?verdict__exact=counted"
    read = admin_client.get(counted).context["read"]
    moderation.exclude(person, by=moderator(), reason="spam avéré")

    wanted = asked("hold", person, confirmed=1, reason="à relire", read=read)
    [told] = messages_of(admin_client.post(counted, wanted))

    assert "spam avéré" in told
    assert verdicts() == [(1, "excluded", "spam avéré")]


def test_whoever_was_erased_meanwhile_is_told(admin_client, questionnaire):
    gone, other = respondent(), respondent()
    wanted = asked("hold", gone, other, confirmed=1, reason="doute")
    filling.withdraw(gone)

    told = messages_of(admin_client.post(LIST, wanted, follow=True))

    assert told == [
        "1 répondant mis en attente.",
        "1 répondant n’existe plus\u00a0: tout en est effacé.",
    ]
    asking = admin_client.post(LIST, asked("hold", gone), follow=True)
    assert messages_of(asking) == ["1 répondant n’existe plus\u00a0: tout en est effacé."]


def test_a_respondent_is_shown_in_words_section_by_section(admin_client, questionnaire):
    answers = {"tiers_lieu": "non", "publics": ["jeunes", "seniors"], "duree": 90, "freins": "un"}
    person = respondent(answers)

    page = admin_client.get(page_of(person)).content.decode()

    for words in ("Non", "n°1 Jeunes\u202f; n°2 Seniors", "90", "un", "sans réponse", "non posée"):
        assert words in page
    assert reverse("admin:survey_texttoread_change", args=[text_of(person, "freins").pk]) in page
    assert "Rien n’a encore été décidé ni changé." in page


def test_an_answer_that_is_no_longer_asked_says_so(admin_client, questionnaire):
    person = respondent({"tiers_lieu": "oui", "forme": "labellise"})
    filling.save(person, 1, {"tiers_lieu": "non"})

    page = admin_client.get(page_of(person)).content.decode()

    assert "Labellise" in page
    assert "(n’est plus posée)" in page


def test_the_page_of_a_respondent_keeps_the_log_of_decisions(admin_client, questionnaire):
    person = respondent({"freins": "un"})
    moderation.hold(person, by=moderator(), reason="essai de formation")

    page = admin_client.get(page_of(person)).content.decode()

    assert "essai de formation" in page
    assert "moderatrice" in page


def test_excluding_asks_for_a_reason_first(admin_client, questionnaire):
    person = respondent({"freins": "un"})

    page = admin_client.post(LIST, asked("exclude", person))

    assert "Motif" in page.content.decode()
    assert '<option value="Doublon">' in page.content.decode()
    assert verdicts() == [(1, "counted", "")]


def test_excluding_without_a_reason_is_refused_beside_the_field(admin_client, questionnaire):
    person = respondent()

    page = admin_client.post(LIST, asked("exclude", person, confirmed=1, reason=" "))

    assert page.context["form"].errors == {
        "reason": ["Indiquez un motif\u00a0: il reste écrit à côté de la décision."]
    }
    assert verdicts() == [(1, "counted", "")]


def test_several_are_excluded_with_one_reason(admin_client, admin_user, questionnaire):
    people = [respondent(), respondent(), respondent()]
    wanted = asked("exclude", *people[:2], confirmed=1, reason="essais")

    response = admin_client.post(LIST, wanted, follow=True)

    assert verdicts() == [(1, "excluded", "essais"), (2, "excluded", "essais"), (3, "counted", "")]
    assert messages_of(response) == ["2 répondants exclus."]
    assert set(Decision.objects.values_list("by", flat=True)) == {admin_user.pk}


def test_a_decision_across_pages_reaches_all_that_the_filter_shows(admin_client, questionnaire):
    people = [respondent({"freins": "essai"}) for _ in range(103)]
    other = respondent({"freins": "vrai"})
    filtered = f"{LIST}?q=essai"

    asking = admin_client.post(filtered, asked("hold", people[0], select_across=1, index=0))
    assert "103 répondants" in asking.content.decode()
    wanted = asked("hold", people[0], select_across=1, confirmed=1, reason="formation")
    response = admin_client.post(filtered, wanted)

    assert response.url == "/admin/survey/respondent/?q=essai"
    assert Respondent.objects.filter(verdict="held").count() == 103
    other.refresh_from_db()
    assert other.verdict == "counted"


def test_restoring_needs_no_reason(admin_client, questionnaire):
    person = respondent()
    moderation.exclude(person, by=moderator(), reason="essai")

    admin_client.post(LIST, asked("restore", person, confirmed=1, reason=""))

    assert verdicts() == [(1, "counted", "")]


def test_the_buttons_of_a_page_lead_back_to_it(admin_client, questionnaire):
    person = respondent()

    asking = admin_client.post(LIST, asked("hold", person, detail=1)).content.decode()
    assert '<input type="hidden" name="detail" value="1">' in asking
    wanted = asked("hold", person, detail=1, confirmed=1, reason="à vérifier")
    response = admin_client.post(LIST, wanted)

    assert response.url == page_of(person)
    assert verdicts() == [(1, "held", "à vérifier")]


def test_a_page_offers_what_its_verdict_allows(admin_client, questionnaire):
    person = respondent()

    def offered():
        return [
            judgement.label for judgement in admin_client.get(page_of(person)).context["judgements"]
        ]

    erase = "Effacer à la demande de la personne"
    assert offered() == ["Mettre en attente", "Exclure", erase]
    moderation.hold(person, by=moderator(), reason="doute")
    assert offered() == ["Compter de nouveau", "Exclure", erase]


def test_erasing_wants_a_confirmation_then_leaves_nothing(admin_client, questionnaire):
    person, other = respondent({"freins": "un"}), respondent({"freins": "deux"})
    moderation.hold(person, by=moderator(), reason="doute")

    page = admin_client.post(LIST, asked("erase", person, detail=1))
    assert "effacés pour toujours" in page.content.decode()
    assert Respondent.objects.count() == 2

    response = admin_client.post(LIST, asked("erase", person, detail=1, confirmed=1), follow=True)
    assert response.redirect_chain[-1][0] == LIST
    assert messages_of(response) == ["1 répondant effacé."]
    assert list(Respondent.objects.all()) == [other]
    assert not Decision.objects.exists()


def test_nobody_edits_or_deletes_a_respondent(admin_client, questionnaire):
    person = respondent()

    assert admin_client.post(page_of(person), {"number": 7}).status_code == 403
    assert admin_client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}).status_code == 403


def test_strangers_are_sent_to_log_in(client, questionnaire):
    person = respondent()

    for address in (LIST, page_of(person)):
        assert client.get(address).url == f"/admin/login/?next={address}"
    client.post(LIST, asked("exclude", person, confirmed=1, reason="essai"))
    assert verdicts() == [(1, "counted", "")]


def test_staff_without_the_permission_see_and_decide_nothing(client, questionnaire):
    person = respondent()
    client.force_login(moderator())

    assert client.get(LIST).status_code == 403
    assert client.get(page_of(person)).status_code == 403
    wanted = asked("exclude", person, confirmed=1, reason="essai")
    assert client.post(LIST, wanted).status_code == 403
    assert verdicts() == [(1, "counted", "")]


@pytest.mark.parametrize(
    ("codename", "verdict", "left"),
    [
        ("view_respondent", "counted", True),
        ("change_respondent", "excluded", True),
        ("delete_respondent", "counted", True),
    ],
)
def test_staff_decide_only_with_the_permission_for_it(
    client, questionnaire, codename, verdict, left
):
    person = respondent()
    user = moderator()
    user.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(user)

    client.post(LIST, asked("exclude", person, confirmed=1, reason="essai"))
    client.post(LIST, asked("erase", person, confirmed=1))

    assert Respondent.objects.filter(pk=person.pk, verdict=verdict).exists() is left
