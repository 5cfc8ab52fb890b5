from django.db import migrations, models


def remember_that_files_gave_none(apps, schema_editor):
    """Else the next load would tell of a change in every question."""
    for question in apps.get_model("survey", "Question").objects.exclude(source={}):
        question.source = {"item": ""} | question.source
        question.save(update_fields=["source"])


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0008_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="item",
            field=models.CharField(
                blank=True, max_length=30, verbose_name="nom d’un élément classé"
            ),
        ),
        migrations.RunPython(remember_that_files_gave_none, migrations.RunPython.noop),
    ]
