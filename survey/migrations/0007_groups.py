"""The groups Modération and Rédaction, with what they may do here and nothing else."""

from django.db import migrations

VIEW, CHANGE = "view", "change"
WORDING = ("questionnaire", "section", "question", "choice")
RIGHTS = {
    "Modération": [
        *(("survey", model, (VIEW, CHANGE)) for model in ("respondent", "texttoread")),
        *(("survey", model, (VIEW,)) for model in ("decision", "event")),
        ("admin", "logentry", (VIEW,)),
    ],
    "Rédaction": [
        *(("survey", model, (VIEW, CHANGE)) for model in WORDING),
        ("admin", "logentry", (VIEW,)),
    ],
}


def make_groups(apps, schema_editor):
    """Make what is missing, take nothing away: run twice, it does what it does once."""
    database = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, rights in RIGHTS.items():
        group, _ = groups.get_or_create(name=name)
        for app, model, actions in rights:
            for action in actions:
                group.permissions.add(_permission(apps, database, app, model, action))


def _permission(apps, database, app, model, action):
    """As `post_migrate` would make it, which on a new database comes too late for us."""
    types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    kind, _ = types.get_or_create(app_label=app, model=model)
    words = apps.get_model(app, model)._meta.verbose_name_raw
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    permission, _ = permissions.get_or_create(
        content_type=kind,
        codename=f"{action}_{model}",
        defaults={"name": f"Can {action} {words}"},
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0006_events"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # The groups stay when this is undone: people are in them.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
