"""Entering for someone else: who may, for whom, when; nobody's own answers are mixed up with it."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from survey import entry, events, filling, responses
from survey.entry import Given
from survey.filling import ConsentNeeded
from survey.models import Event, Respondent
from tests.factories import EVERYTHING, NOTHING_PUBLIC, respondent
from tests.pages import answers, shown

pytestmark = pytest.mark.django_db

ADD = "/admin/survey/respondent/add/"
KEY = "6f1c2c1e-6a51-4b57-9c55-1f0f7a3c1d10"
PAPER = {"mode": "paper", "answered_on": "2021-02-03", "participate": "on", "key": KEY}


def page(person, name=""):
    return f"/questionnaire/saisie/{person.number}/{name}"


@pytest.fixture
def staff(questionnaire):
    account = User.objects.create_user("marie", is_staff=True)
    account.groups.add(Group.objects.get(name="Modération"))
    return account


@pytest.fixture
def signed_in(staff, client):
    client.force_login(staff)
    return client


@pytest.fixture
def entered(questionnaire, staff):
    given = Given("paper", date(2021, 2, 3), NOTHING_PUBLIC)
    return entry.start(questionnaire, given, by=staff)


def close(questionnaire):
    questionnaire.closes_at = timezone.now() - timedelta(days=1)
    questionnaire.save(update_fields=["closes_at"])


def test_starting_asks_how_when_and_each_consent_apart_none_ticked(signed_in):
    asked = signed_in.get(ADD).content.decode()

    assert asked.count('type="checkbox"') == 3
    assert "checked" not in asked
    assert "J’accepte que mes textes soient publiés" in asked
    assert "/questionnaire/questionnaire.pdf" in asked or "/questionnaire/imprimer/" in asked


def test_an_entry_is_marked_dated_and_logged(signed_in, staff):
    answer = signed_in.post(ADD, PAPER | {"name_structure": "on"}, follow=True)

    person = Respondent.objects.get()
    assert answer.request["PATH_INFO"] == page(person, "section/lieu/")
    assert (person.mode, person.entered_by) == ("paper", staff)
    assert timezone.localdate(person.started_at) == date(2021, 2, 3)
    assert (person.agreed_to_publish, person.agreed_to_name_structure) == (False, True)
    event = Event.objects.get()
    assert (event.number, event.what, event.detail, event.by) == (1, "entered", "papier", staff)


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"participate": ""}, "Sans cet accord"),
        ({"mode": "web"}, "Sélectionnez un choix valide"),
        ({"answered_on": "2999-01-01"}, "pas encore venue"),
        ({"answered_on": "hier"}, "date valide"),
        ({"answered_on": "2021-01-31"}, "n’a ouvert que le 1er février 2021"),
    ],
)
def test_what_cannot_be_so_is_told_and_starts_nothing(signed_in, questionnaire, sent, problem):
    questionnaire.opens_at = timezone.make_aware(timezone.datetime(2021, 2, 1, 9))
    questionnaire.save()
    posted = {key: value for key, value in (PAPER | sent).items() if value}

    answer = signed_in.post(ADD, posted)

    assert problem in answer.content.decode()
    assert not Respondent.objects.exists()


def test_sent_twice_the_same_form_begins_one_entry(signed_in):
    first, second = signed_in.post(ADD, PAPER), signed_in.post(ADD, PAPER)

    person = Respondent.objects.get()
    assert first.url == second.url == page(person)
    assert Event.objects.count() == 1
    # Nobody's number is lost for it.
    assert signed_in.post(ADD, PAPER | {"key": str(uuid4())}).url.endswith("/saisie/2/")


@pytest.mark.parametrize("other", [{"publish_texts": "on"}, {"mode": "phone"}])
def test_sent_again_with_something_else_it_asks_whether_this_is_another_person(signed_in, other):
    signed_in.post(ADD, PAPER)

    asked = signed_in.post(ADD, PAPER | other)
    assert "déjà commencé la saisie n°\u00a01" in asked.content.decode()
    assert Respondent.objects.count() == 1

    key = re.search(r'name="key" value="([^"]+)"', asked.content.decode())[1]
    assert signed_in.post(ADD, PAPER | other | {"key": key}).url.endswith("/saisie/2/")


def test_each_form_has_a_key_of_its_own(signed_in):
    keys = {
        re.search(r'name="key" value="([^"]+)"', signed_in.get(ADD).content.decode())[1]
        for _ in range(2)
    }
    assert len(keys) == 2


def test_no_address_ticks_a_consent(signed_in):
    sent = {"participate": "on", "publish_texts": "1", "name_structure": "1", "key": KEY}

    asked = signed_in.get(ADD, sent).content.decode()

    assert "checked" not in asked
    assert KEY not in asked
    # Nor does the browser, gone back to it.
    assert '<form method="post" autocomplete="off"' in asked


def test_nobody_is_entered_without_having_agreed_to_take_part(questionnaire, staff):
    with pytest.raises(ConsentNeeded):
        entry.start(questionnaire, Given("paper", date(2021, 2, 3), filling.Consents()), by=staff)


def test_a_web_respondent_was_entered_by_nobody(questionnaire, staff):
    person = respondent()

    with pytest.raises(IntegrityError), transaction.atomic():
        Respondent.objects.filter(pk=person.pk).update(entered_by=staff)


def test_the_pages_say_for_whom_and_lead_from_one_to_the_next(signed_in, entered):
    lieu = signed_in.get(page(entered, "section/lieu/"))
    saved = signed_in.post(page(entered, "section/lieu/"), shown(lieu) | {"nom": "Le Phare"})

    text = lieu.content.decode()
    assert "Saisie pour une autre personne — papier, n°\u00a01" in text
    assert 'name="nom" value="" autocomplete="off" aria-labelledby="titre-nom" autofocus' in text
    assert saved.url == page(entered, "section/metier/")
    assert answers(entered) == {"nom": "Le Phare"}
    for name in ("section/metier/", "bilan/", "mes-droits/", "merci/"):
        content = signed_in.get(page(entered, name)).content.decode()
        assert "Saisie pour une autre personne" in content
        addresses = re.findall(r'(?:href|action)="(/questionnaire/[^"]+)"', content)
        assert all(a.startswith(page(entered)) for a in addresses), addresses


def test_finishing_counts_on_the_day_it_was_answered_and_offers_the_next(signed_in, entered):
    thanks = signed_in.post(page(entered, "terminer/"), follow=True).content.decode()

    entered.refresh_from_db()
    assert timezone.localdate(entered.completed_at) == date(2021, 2, 3)
    assert f'href="{ADD}?mode=paper&amp;answered_on=2021-02-03"' in thanks
    following = signed_in.get(f"{ADD}?mode=phone&answered_on=2021-02-03").content.decode()
    assert 'value="2021-02-03"' in following
    assert '<option value="phone" selected>' in following


def test_paper_that_comes_late_is_entered_and_nobody_else_writes(
    signed_in, entered, questionnaire, client
):
    own, token = filling.start(questionnaire, EVERYTHING)
    link = filling.new_link(entered, by=entered.entered_by)
    lieu = page(entered, "section/lieu/")
    fields = shown(signed_in.get(lieu))
    close(questionnaire)

    assert signed_in.post(lieu, fields | {"nom": "Tard"}).status_code == 302
    assert signed_in.post(page(entered, "terminer/")).url == page(entered, "merci/")
    assert answers(entered) == {"nom": "Tard"}
    assert signed_in.post(ADD, PAPER).status_code == 302
    for each in (token, link):
        person = Client()
        person.cookies["conumm_respondent"] = each
        refused = person.post("/questionnaire/section/lieu/", fields | {"nom": "Autre"})
        assert refused.status_code == 403
    # Staff on their own pages are a person like any other.
    signed_in.cookies["conumm_respondent"] = token
    own_page = signed_in.post("/questionnaire/section/lieu/", fields | {"nom": "Autre"})
    assert own_page.status_code == 403
    assert answers(own) == {}


def test_once_closed_only_what_was_answered_before_is_entered(signed_in, questionnaire):
    close(questionnaire)
    today = timezone.localdate()
    assert f'value="{today}"' not in signed_in.get(ADD).content.decode()

    refused = signed_in.post(ADD, PAPER | {"answered_on": str(today)})

    assert "est clos depuis le" in refused.content.decode()
    assert not Respondent.objects.exists()
    last = today - timedelta(days=1)
    assert signed_in.post(ADD, PAPER | {"answered_on": str(last)}).status_code == 302


def test_ones_own_link_is_neither_read_nor_changed_by_an_entry(signed_in, entered, questionnaire):
    own, token = filling.start(questionnaire, EVERYTHING)
    filling.save(own, 0, {"nom": "Chez moi"})
    signed_in.cookies["conumm_respondent"] = token
    lieu = page(entered, "section/lieu/")

    shown_to = signed_in.get(lieu)
    posted = signed_in.post(lieu, shown(shown_to) | {"nom": "Chez elle"})
    signed_in.post(page(entered, "terminer/"))
    thanks = signed_in.get(page(entered, "merci/"))
    linked = signed_in.post(page(entered, "lien/"))

    for answer in (shown_to, posted, thanks, linked):
        assert "conumm_respondent" not in answer.cookies
        assert token not in answer.content.decode()
        assert "Chez moi" not in answer.content.decode()
    assert answers(own) == {"nom": "Chez moi"}
    assert answers(entered) == {"nom": "Chez elle"}
    assert "Chez moi" in signed_in.get("/questionnaire/section/lieu/").content.decode()
    assert signed_in.get("/questionnaire/mes-reponses.json").json()["number"] == own.number


def test_the_browser_keeps_what_is_unsaved_apart_from_ones_own(signed_in, staff, entered):
    content = signed_in.get(page(entered, "section/lieu/")).content.decode()

    assert f'data-respondent="saisie-1-{staff.pk}"' in content
    assert 'data-respondent="1"' not in content
    assert "mes-reponses" not in signed_in.get(page(entered, "bilan/")).content.decode()


def test_answers_given_on_these_pages_are_open_to_no_staff(signed_in, questionnaire, staff):
    person = respondent({"nom": "À moi"})
    User.objects.filter(pk=staff.pk).update(is_superuser=True)

    for name in ("", "section/lieu/", "bilan/", "merci/", "mes-droits/"):
        assert signed_in.get(page(person, name)).status_code == 404
    for name in ("section/lieu/", "terminer/", "mes-droits/", "lien/"):
        assert signed_in.post(page(person, name)).status_code == 404
    shown_in_admin = signed_in.get(f"/admin/survey/respondent/{person.pk}/change/")
    assert "Continuer la saisie" not in shown_in_admin.content.decode()


def test_the_page_at_the_end_says_of_which_day_answers_are_if_there_are_any(signed_in, entered):
    end = page(entered, "merci/")
    nothing = signed_in.get(end).content.decode()
    filling.save(entered, entered.version, {"nom": "Le Phare"})

    assert "Aucune réponse n’est enregistrée." in nothing
    assert "Une réponse est enregistrée, datée du" in signed_in.get(end).content.decode()


def test_a_link_to_hand_over_opens_the_answers_and_voids_the_one_before(signed_in, entered):
    before = filling.new_link(entered, by=entered.entered_by)
    assert "reprendre/#" not in signed_in.get(page(entered, "merci/")).content.decode()

    content = signed_in.post(page(entered, "lien/")).content.decode()

    token = re.search(r"reprendre/#([\w-]+)", content)[1]
    assert filling.find(token) == entered
    assert filling.find(before) is None
    assert token not in signed_in.get(page(entered, "merci/")).content.decode()
    person = Client()
    person.cookies["conumm_respondent"] = token
    assert person.get("/questionnaire/mes-reponses.json").json()["number"] == entered.number
    person.post("/questionnaire/retrait/", {"sure": "on"})
    assert not Respondent.objects.exists()


def test_after_signing_out_an_entry_gives_nothing_and_says_what_was_typed(signed_in, entered):
    lieu = page(entered, "section/lieu/")
    fields = shown(signed_in.get(lieu)) | {"nom": "Pas encore enregistré"}
    signed_in.logout()

    assert signed_in.get(lieu).url.startswith("/admin/login/?next=/questionnaire/saisie/")
    lost = signed_in.post(lieu, fields)
    assert lost.status_code == 403
    assert "Pas encore enregistré" in lost.content.decode()
    by_script = signed_in.post(lieu, fields, headers={"X-Requested-With": "fetch"})
    assert (by_script.status_code, by_script.json()) == (401, {"sign_in": "/admin/login/"})
    assert answers(entered) == {}


@pytest.mark.parametrize(
    ("posted", "before"),
    [
        ("terminer/", "bilan/"),
        ("lien/", "merci/"),
        ("section/lieu/", "section/lieu/"),
        ("mes-droits/", "mes-droits/"),
    ],
)
def test_signing_in_again_leads_to_a_page_that_there_is(signed_in, staff, entered, posted, before):
    signed_in.logout()
    lost = signed_in.post(page(entered, posted)).content.decode()
    signed_in.force_login(staff)

    assert f'href="/admin/login/?next={page(entered, before)}"' in lost
    assert signed_in.get(page(entered, before)).status_code == 200


def test_staff_without_the_right_enter_nothing(entered, client):
    client.force_login(User.objects.create_user("visitor", is_staff=True))

    assert client.get(ADD).status_code == client.post(ADD, PAPER).status_code == 403
    for name in ("", "section/lieu/", "bilan/", "merci/", "mes-droits/"):
        assert client.get(page(entered, name)).status_code == 403
    for name in ("section/lieu/", "terminer/", "mes-droits/", "lien/"):
        assert client.post(page(entered, name)).status_code == 403
    assert Respondent.objects.count() == 1


def test_the_right_without_being_staff_is_not_enough(signed_in, staff, entered):
    User.objects.filter(pk=staff.pk).update(is_staff=False)

    assert signed_in.get(page(entered, "bilan/")).url.startswith("/admin/login/")


def test_a_missing_second_factor_shuts_the_entry_too(signed_in, entered, settings):
    settings.REQUIRE_SECOND_FACTOR = True

    assert signed_in.get(page(entered, "bilan/")).url.startswith("/admin/login/")


def test_entering_wants_the_csrf_token(staff, entered):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff)

    for name in ("section/lieu/", "terminer/", "mes-droits/", "lien/"):
        assert strict.post(page(entered, name)).status_code == 403
    assert strict.post(ADD, PAPER).status_code == 403
    assert Event.objects.count() == 1


def test_two_enter_at_once_each_their_own_number(signed_in, questionnaire, staff):
    other = User.objects.create_superuser("paul")
    one, two = (
        entry.start(questionnaire, Given("phone", timezone.localdate(), NOTHING_PUBLIC), by=who)
        for who in (staff, other)
    )
    beside = Client()
    beside.force_login(other)
    first = shown(signed_in.get(page(one, "section/lieu/")))
    second = shown(beside.get(page(two, "section/lieu/")))

    signed_in.post(page(one, "section/lieu/"), first | {"nom": "Un"})
    beside.post(page(two, "section/lieu/"), second | {"nom": "Deux"})

    assert (answers(one), answers(two)) == ({"nom": "Un"}, {"nom": "Deux"})


def test_going_on_is_logged_once_a_day_and_by_whom(signed_in, entered, staff):
    paul = User.objects.create_superuser("paul")
    for words in ("Un", "Deux"):
        filling.save_shown(entered, {"nom": ""}, {"nom": words}, by=staff)
    for words in ("Trois", "Quatre"):
        digest = responses.digest(answers(entered).get("nom"))
        filling.save_shown(entered, {"nom": digest}, {"nom": words}, by=paul)

    logged = [(e.what, str(e.by)) for e in events.of(entered).order_by("pk")]
    assert logged == [("entered", "marie"), ("corrected", "paul")]
    portrait = signed_in.get(f"/admin/survey/respondent/{entered.pk}/change/").content.decode()
    assert "papier, saisi par marie" in portrait
    assert "saisie reprise" in portrait
    assert "Continuer la saisie" in portrait


def test_consents_misread_are_corrected_under_the_name_of_who_does_it(signed_in, entered, staff):
    signed_in.post(page(entered, "mes-droits/"), {"publish_texts": "on"})

    entered.refresh_from_db()
    assert entered.agreed_to_publish
    assert events.of(entered).get(what="consents").by == staff
    # Erasing and taking away go by their own rights.
    shown_there = signed_in.get(page(entered, "mes-droits/")).content.decode()
    assert "Tout effacer" not in shown_there
    assert "mes-reponses.json" not in shown_there


def test_the_list_tells_and_filters_how_people_answered(signed_in, entered):
    respondent()

    whole = signed_in.get("/admin/survey/respondent/").content.decode()
    filtered = signed_in.get("/admin/survey/respondent/?mode__exact=web")

    assert "#1 · papier" in whole
    assert "Saisir un questionnaire" in whole
    assert [p.number for p in filtered.context["cl"].result_list] == [2]
    assert "Saisir un questionnaire" in signed_in.get("/admin/").content.decode()


def test_going_on_leads_to_where_it_was_left(signed_in, entered):
    assert signed_in.get(page(entered)).url == page(entered, "section/lieu/")

    filling.save_shown(entered, {"humeur": ""}, {"humeur": "basse"}, by=entered.entered_by)
    filling.complete(entered, by=entered.entered_by)

    assert signed_in.get(page(entered)).url == page(entered, "bilan/")
