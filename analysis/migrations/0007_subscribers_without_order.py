import uuid

import django.db.models.deletion
from django.db import migrations, models

import analysis.models.news


def copy(apps, schema_editor):
    subscribers = apps.get_model("analysis", "Subscriber").objects
    # By their random key: the order of asking is lost here too.
    for old in subscribers.order_by("id"):
        new = apps.get_model("analysis", "NewSubscriber").objects.create(
            key=old.id, email=old.email, expires_on=old.expires_on, confirmed_in=old.confirmed_in
        )
        apps.get_model("analysis", "Delivery").objects.filter(subscriber=old).update(to=new)


class Migration(migrations.Migration):
    dependencies = [("analysis", "0006_stopped")]

    operations = [
        migrations.CreateModel(
            name="NewSubscriber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        default=analysis.models.news.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="adresse"),
                ),
                (
                    "expires_on",
                    models.DateField(
                        default=analysis.models.news.last_day_to_confirm,
                        editable=False,
                        null=True,
                        verbose_name="à confirmer avant le",
                    ),
                ),
                (
                    "confirmed_in",
                    models.DateField(editable=False, null=True, verbose_name="confirmée en"),
                ),
            ],
            options={
                "verbose_name": "adresse abonnée",
                "verbose_name_plural": "adresses abonnées",
                "ordering": ("email",),
            },
        ),
        migrations.AddField(
            "delivery",
            "to",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="analysis.newsubscriber",
            ),
        ),
        migrations.RunPython(copy),
        migrations.RemoveConstraint("delivery", "delivery_once_a_subscriber"),
        migrations.RemoveField("delivery", "subscriber"),
        migrations.DeleteModel("Subscriber"),
        migrations.RenameModel("NewSubscriber", "Subscriber"),
        migrations.RenameField("delivery", "to", "subscriber"),
        migrations.AlterField(
            "delivery",
            "subscriber",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="analysis.subscriber",
            ),
        ),
        migrations.AddConstraint(
            "delivery",
            models.UniqueConstraint(
                fields=("edition", "subscriber"), name="delivery_once_a_subscriber"
            ),
        ),
        migrations.AddConstraint(
            "subscriber",
            models.CheckConstraint(
                condition=models.Q(
                    ("expires_on", None), ("confirmed_in", None), _connector="XOR"
                ),
                name="subscriber_waits_or_is_confirmed",
            ),
        ),
    ]
