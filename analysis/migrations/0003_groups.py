"""What the group Rédaction may do with the report: its commentary and its editions."""

from django.db import migrations

GROUP = "Rédaction"
MODELS = ("commentary", "edition")
ACTIONS = ("view", "add", "change", "delete")


def grant(apps, schema_editor):
    """Make what is missing, take nothing away: run twice, it does what it does once."""
    database = schema_editor.connection.alias
    group, _ = apps.get_model("auth", "Group").objects.using(database).get_or_create(name=GROUP)
    for model in MODELS:
        for action in ACTIONS:
            group.permissions.add(_permission(apps, database, model, action))


def _permission(apps, database, model, action):
    """As `post_migrate` would make it, which on a new database comes too late for us."""
    types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    kind, _ = types.get_or_create(app_label="analysis", model=model)
    words = apps.get_model("analysis", model)._meta.verbose_name_raw
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    permission, _ = permissions.get_or_create(
        content_type=kind,
        codename=f"{action}_{model}",
        defaults={"name": f"Can {action} {words}"},
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("analysis", "0002_edition"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # The group stays when this is undone: people are in it.
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
