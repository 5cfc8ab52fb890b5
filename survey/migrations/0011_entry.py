import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def grant(apps, schema_editor):
    """Whoever moderates may enter for others; run twice, it does what it does once."""
    database = schema_editor.connection.alias
    group, _ = apps.get_model("auth", "Group").objects.using(database).get_or_create(
        name="Modération"
    )
    types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    kind, _ = types.get_or_create(app_label="survey", model="respondent")
    # As `post_migrate` would make it, which on a new database comes too late for us.
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    permission, _ = permissions.get_or_create(
        content_type=kind,
        codename="add_respondent",
        defaults={"name": "Can add répondant"},
    )
    group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('survey', '0010_import_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='event',
            options={'ordering': ('-at', '-pk'), 'verbose_name': 'saisie, accord ou retrait', 'verbose_name_plural': 'saisies, accords et retraits'},
        ),
        migrations.AddField(
            model_name='respondent',
            name='entered_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saisi par'),
        ),
        migrations.AddField(
            model_name='respondent',
            name='mode',
            field=models.CharField(choices=[('web', 'en ligne'), ('paper', 'papier'), ('phone', 'téléphone')], default='web', editable=False, max_length=5, verbose_name='mode'),
        ),
        migrations.AlterField(
            model_name='event',
            name='what',
            field=models.CharField(choices=[('entered', 'saisie commencée'), ('corrected', 'saisie reprise'), ('link', 'lien personnel donné'), ('consents', 'accords modifiés'), ('withdrawn', 'réponses effacées')], max_length=10, verbose_name='événement'),
        ),
        migrations.AddConstraint(
            model_name='respondent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mode', 'web'), _negated=True), ('entered_by', None), _connector='OR'), name='respondent_web_entered_by_nobody'),
        ),
        # The group stays when this is undone: people are in it.
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
