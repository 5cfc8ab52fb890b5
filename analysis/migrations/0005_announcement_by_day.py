import django.db.models.deletion
from django.db import migrations, models


def name_the_day(apps, schema_editor):
    for announcement in apps.get_model("analysis", "Announcement").objects.select_related("edition"):
        announcement.questionnaire = announcement.edition.questionnaire
        announcement.date = announcement.edition.date
        announcement.save()
    deliveries = apps.get_model("analysis", "Delivery").objects
    for delivery in deliveries.select_related("announcement"):
        delivery.edition_id = delivery.announcement.edition_id
        delivery.save()


class Migration(migrations.Migration):
    dependencies = [("analysis", "0004_news")]

    operations = [
        migrations.AddField("announcement", "questionnaire", models.SlugField(null=True)),
        migrations.AddField("announcement", "date", models.DateField(null=True)),
        migrations.AddField(
            "delivery",
            "edition",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="analysis.edition",
            ),
        ),
        migrations.RunPython(name_the_day),
        migrations.AlterField("announcement", "questionnaire", models.SlugField()),
        migrations.AlterField("announcement", "date", models.DateField()),
        migrations.AlterField(
            "delivery",
            "edition",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="analysis.edition",
            ),
        ),
        migrations.RemoveConstraint("delivery", "delivery_once_a_subscriber"),
        migrations.RemoveField("delivery", "announcement"),
        migrations.RemoveField("announcement", "edition"),
        migrations.AddConstraint(
            "delivery",
            models.UniqueConstraint(
                fields=("edition", "subscriber"), name="delivery_once_a_subscriber"
            ),
        ),
        migrations.AddConstraint(
            "announcement",
            models.UniqueConstraint(
                fields=("questionnaire", "date"), name="announcement_one_a_day"
            ),
        ),
    ]
