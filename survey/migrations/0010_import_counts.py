import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Count


def count(apps, schema_editor):
    """Of imports that were not undone; what the others did is no longer known."""
    database = schema_editor.connection.alias
    imports = apps.get_model("survey", "Import").objects.using(database)
    for done in imports.filter(undone_at=None).annotate(replaced_count=Count("replaced")):
        done.created, done.changed = len(done.numbers), done.replaced_count
        done.save(update_fields=["created", "changed"])


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0009_ranking_item"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="import",
            options={
                "ordering": ("-at", "-pk"),
                "permissions": [("undo_import", "Peut annuler le dernier import")],
                "verbose_name": "import",
            },
        ),
        migrations.AddField(
            model_name="import",
            name="changed",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="modifiés"
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="created",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="ajoutés"),
        ),
        migrations.AddField(
            model_name="import",
            name="undone_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="annulé par",
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
