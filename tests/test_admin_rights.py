"""Every address of the admin, tried as everyone: one that is not in the table is a failure."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern

from analysis import declarations, editions
from analysis.models import Commentary, Edition, Subscriber
from analysis.wording import Noun
from survey import filling, moderation
from survey.models import Decision, Event, Import, Question, Section
from tests.factories import Consents, respondent, text_of

pytestmark = pytest.mark.django_db

SUPERUSER, MODERATION, REDACTION, PLAIN = "superuser", "Modération", "Rédaction", "plain staff"
ROLES = (SUPERUSER, MODERATION, REDACTION, PLAIN)
NOBODY = ()
SUPERUSERS = (SUPERUSER,)
MODERATORS = (SUPERUSER, MODERATION)
EDITORS = (SUPERUSER, REDACTION)
BOTH = (SUPERUSER, MODERATION, REDACTION)
STAFF = ROLES

# Who gets in, and who may post there too.
TABLE = {
    "": (STAFF, STAFF),
    "login/": (STAFF, STAFF),
    "logout/": (NOBODY, STAFF),
    "second-facteur/": (STAFF, STAFF),
    "second-facteur/code/": (STAFF, STAFF),
    "password_change/": (STAFF, STAFF),
    "password_change/done/": (STAFF, NOBODY),
    "jsi18n/": (STAFF, NOBODY),
    "autocomplete/": (NOBODY, NOBODY),
    # To a public page: an edition's.
    "r/<path:content_type_id>/<path:object_id>/": (STAFF, STAFF),
    "^(?P<app_label>…)/$": (BOTH, BOTH),
    "(?P<url>.*)$": (NOBODY, NOBODY),
    "aide/": (STAFF, NOBODY),
    "aide/<slug:slug>/": (STAFF, NOBODY),
    "survey/texttoread/next/": (MODERATORS, MODERATORS),
    "survey/texttoread/undo/": (NOBODY, MODERATORS),
    "survey/texttoread/<path:object_id>/code/": (NOBODY, MODERATORS),
    "analysis/commentary/preview/": (EDITORS, EDITORS),
    "analysis/commentary/figures/": (EDITORS, EDITORS),
    "analysis/edition/<path:object_id>/announce/": (NOBODY, EDITORS),
    "auth/user/<id>/password/": (SUPERUSERS, SUPERUSERS),
}

# Of each kind of thing: who sees it, adds it, changes it in its page, deletes it.
THINGS = {
    "survey/respondent/": (MODERATORS, MODERATORS, NOBODY, NOBODY),
    "survey/texttoread/": (MODERATORS, NOBODY, MODERATORS, NOBODY),
    "survey/decision/": (MODERATORS, NOBODY, NOBODY, NOBODY),
    "survey/event/": (MODERATORS, NOBODY, NOBODY, NOBODY),
    "survey/import/": (SUPERUSERS, SUPERUSERS, NOBODY, NOBODY),
    "survey/questionnaire/": (EDITORS, NOBODY, EDITORS, NOBODY),
    "survey/section/": (EDITORS, NOBODY, EDITORS, NOBODY),
    "survey/question/": (EDITORS, NOBODY, EDITORS, NOBODY),
    "analysis/commentary/": (EDITORS, EDITORS, EDITORS, EDITORS),
    "analysis/edition/": (EDITORS, EDITORS, EDITORS, EDITORS),
    "analysis/subscriber/": (SUPERUSERS, NOBODY, NOBODY, SUPERUSERS),
    "admin/logentry/": (BOTH, NOBODY, NOBODY, NOBODY),
    "auth/user/": (SUPERUSERS, SUPERUSERS, SUPERUSERS, NOBODY),
    "auth/group/": (SUPERUSERS, SUPERUSERS, SUPERUSERS, SUPERUSERS),
}

for thing, (see, add, change, delete) in THINGS.items():
    TABLE |= {
        thing: (see, see),
        f"{thing}add/": (add, add),
        f"{thing}<path:object_id>/": (STAFF, STAFF),
        f"{thing}<path:object_id>/change/": (see, change),
        f"{thing}<path:object_id>/history/": (see, see),
        f"{thing}<path:object_id>/delete/": (delete, delete),
    }
TABLE["survey/import/<path:object_id>/undo/"] = (SUPERUSERS, SUPERUSERS)
# The log keeps no log of itself.
TABLE["admin/logentry/<path:object_id>/history/"] = (NOBODY, NOBODY)

# What is done to several at once, from a list.
ACTIONS = {
    "survey.respondent": {
        "hold_respondents": MODERATORS,
        "exclude_respondents": MODERATORS,
        "restore_respondents": MODERATORS,
        "erase_respondents": SUPERUSERS,
        "export_csv": SUPERUSERS,
        "export_json": SUPERUSERS,
    },
    "survey.texttoread": {
        "publish": MODERATORS,
        "publish_in_part": MODERATORS,
        "keep_private": MODERATORS,
        "put_back": MODERATORS,
        "code_as": MODERATORS,
        "uncode": MODERATORS,
    },
    "survey.decision": {},
    "survey.event": {},
    "survey.import": {},
    "survey.questionnaire": {},
    "survey.section": {},
    "survey.question": {},
    "analysis.commentary": {"delete_selected": EDITORS},
    "analysis.edition": {},
    "analysis.subscriber": {"delete_selected": SUPERUSERS},
    "admin.logentry": {},
    "auth.user": {"remove_second_factor": SUPERUSERS},
    "auth.group": {"delete_selected": SUPERUSERS},
}


def routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield "^(?P<app_label>…)/$" if route.startswith("^(?P<app_label>") else route
        else:
            yield from routes(pattern.url_patterns, route)


def user(role):
    if role == SUPERUSER:
        return User.objects.create_superuser(role)
    account = User.objects.create_user(role, is_staff=True)
    if role != PLAIN:
        account.groups.add(Group.objects.get(name=role))
    return account


@pytest.fixture
def samples(questionnaire, monkeypatch):
    """An object of each kind, by where its pages are."""
    people = Noun("personne", "personnes", feminine=True)
    plain = declarations.Declaration("test.yaml", "Le rapport", people)
    monkeypatch.setattr(declarations, "read", lambda code: plain)
    person = respondent({"freins": "le temps"})
    writer = User.objects.create_user("someone", is_staff=True)
    moderation.reject(text_of(person, "freins"), by=writer)
    filling.change_consents(person, Consents(participate=True))
    edition = Edition(date=date(2021, 3, 5))
    editions.freeze(edition, by=writer)
    entry = LogEntry.objects.create(
        user=writer, content_type=ContentType.objects.get_for_model(Edition), action_flag=CHANGE
    )
    return {
        "survey/respondent/": person.pk,
        "survey/texttoread/": text_of(person, "freins").pk,
        "survey/decision/": Decision.objects.get().pk,
        "survey/event/": Event.objects.get().pk,
        "survey/import/": Import.objects.create(
            questionnaire=questionnaire, file="f.csv", last_number_before=1, last_number_after=1
        ).pk,
        "survey/questionnaire/": questionnaire.pk,
        "survey/section/": Section.objects.first().pk,
        "survey/question/": Question.objects.first().pk,
        "analysis/commentary/": Commentary.objects.create(
            questionnaire="conumm", place="duree", body="Bref."
        ).pk,
        "analysis/edition/": edition.pk,
        "analysis/subscriber/": Subscriber.objects.create(
            email="anne@example.org", expires_on=None, confirmed_in=date(2021, 3, 1)
        ).pk,
        "admin/logentry/": entry.pk,
        "auth/user/": writer.pk,
        "auth/group/": Group.objects.first().pk,
    }


def address(route, samples):
    thing = next((thing for thing in samples if route.startswith(thing)), None)
    edition = ContentType.objects.get_for_model(Edition).pk
    parts = {
        "<path:content_type_id>/<path:object_id>": f"{edition}/{samples['analysis/edition/']}",
        "<path:object_id>": str(samples.get(thing)),
        "<slug:slug>": "lire-les-textes",
        "<id>": str(samples.get(thing)),
        "^(?P<app_label>…)/$": "survey/",
        "(?P<url>.*)$": "nowhere/",
    }
    for part, sample in parts.items():
        route = route.replace(part, sample)
    return f"/admin/{route}"


def lets_in(response):
    sent_to_sign_in = response.status_code == 302 and "/admin/login/" in response.url
    return response.status_code not in (403, 404, 405) and not sent_to_sign_in


def test_every_address_of_the_admin_is_in_the_table():
    assert sorted(set(routes(admin.site.get_urls()))) == sorted(TABLE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_gets_in_where_the_table_says_and_nowhere_else(client, samples, method, role):
    account, let_in = user(role), set()
    for route in TABLE:
        # Again each time: one of them signs out.
        client.force_login(account)
        if lets_in(getattr(client, method)(address(route, samples))):
            let_in.add(route)

    place = ("get", "post").index(method)
    assert let_in == {route for route, who in TABLE.items() if role in who[place]}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_in_nowhere_but_to_sign_in(client, samples, method):
    let_in = {r for r in TABLE if lets_in(getattr(client, method)(address(r, samples)))}

    assert let_in == ({"login/"} if method == "get" else {"login/", "logout/"})


@pytest.mark.parametrize("role", ROLES)
def test_each_is_offered_the_actions_that_the_table_says(rf, role):
    request = rf.get("/admin/")
    request.user = user(role)

    offered = {
        model._meta.label_lower: set(model_admin.get_actions(request))
        for model, model_admin in admin.site._registry.items()
    }

    assert offered == {
        thing: {action for action, who in actions.items() if role in who}
        for thing, actions in ACTIONS.items()
    }


def test_the_log_shows_each_what_concerns_them(client, samples):
    for role, count in ((SUPERUSER, 1), (REDACTION, 1), (MODERATION, 0)):
        client.force_login(user(role))
        shown = client.get("/admin/admin/logentry/").context["cl"].result_list
        assert len(shown) == count, role
