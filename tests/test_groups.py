"""The groups that migrations make, and what is in them to the letter."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

pytestmark = pytest.mark.django_db

EXPECTED = {
    "Modération": {
        "survey.view_respondent",
        "survey.add_respondent",
        "survey.change_respondent",
        "survey.view_texttoread",
        "survey.change_texttoread",
        "survey.view_decision",
        "survey.view_event",
        "admin.view_logentry",
    },
    "Rédaction": {
        "survey.view_questionnaire",
        "survey.change_questionnaire",
        "survey.view_section",
        "survey.change_section",
        "survey.view_question",
        "survey.change_question",
        "survey.view_choice",
        "survey.change_choice",
        "analysis.view_commentary",
        "analysis.add_commentary",
        "analysis.change_commentary",
        "analysis.delete_commentary",
        "analysis.view_edition",
        "analysis.add_edition",
        "analysis.change_edition",
        "analysis.delete_edition",
        "admin.view_logentry",
    },
}


def rights():
    names = ("permissions__content_type__app_label", "permissions__codename")
    found = {}
    for group, app, codename in Group.objects.values_list("name", *names):
        found.setdefault(group, set()).add(f"{app}.{codename}")
    return found


def migrate_again():
    # All that they ask of a schema editor is its connection.
    editor = SimpleNamespace(connection=connection)
    import_module("survey.migrations.0007_groups").make_groups(apps, editor)
    import_module("survey.migrations.0011_entry").grant(apps, editor)
    import_module("analysis.migrations.0003_groups").grant(apps, editor)


def test_each_group_may_do_its_work_and_nothing_else():
    assert rights() == EXPECTED


def test_making_the_groups_again_changes_nothing():
    before = Permission.objects.count()

    migrate_again()

    assert (rights(), Permission.objects.count()) == (EXPECTED, before)


def test_making_the_groups_again_takes_nothing_away():
    extra = Permission.objects.get(codename="delete_respondent")
    Group.objects.get(name="Modération").permissions.add(extra)

    migrate_again()

    assert "survey.delete_respondent" in rights()["Modération"]


def test_the_groups_are_made_before_any_permission_is():
    Group.objects.all().delete()
    Permission.objects.all().delete()
    ContentType.objects.clear_cache()

    migrate_again()

    assert rights() == EXPECTED
