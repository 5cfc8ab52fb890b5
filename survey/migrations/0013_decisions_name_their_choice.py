from django.db import migrations
from django.db.models import Count


def name_the_only_choice_that_it_can_be(apps, schema_editor):
    """Where a question has one « Autre », decisions on its texts were on what stands beside it."""
    choices = apps.get_model("survey", "Choice").objects.filter(other=True)
    one = choices.values("question").annotate(others=Count("pk")).filter(others=1)
    decisions = apps.get_model("survey", "Decision").objects
    for choice in choices.filter(question__in=one.values("question")):
        decisions.filter(question=choice.question_id).update(choice=choice)


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0012_recoding"),
    ]

    operations = [
        migrations.RunPython(name_the_only_choice_that_it_can_be, migrations.RunPython.noop),
    ]
