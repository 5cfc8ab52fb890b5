from datetime import datetime, time
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

import analysis
from analysis import live
from analysis.models import Commentary

FILE = Path(analysis.__file__).parent / "demo" / "commentary.yaml"
WRITTEN_AT = time(18)


class Command(BaseCommand):
    help = "Write three fictional commentaries on the demo data, of which one is to be reviewed."

    def handle(self, *args: Any, **options: Any) -> None:
        if live.report() is None:
            raise CommandError("Load the questionnaire first: manage.py load_questionnaire")
        if Commentary.objects.exists():
            raise CommandError("There are commentaries already; the demo ones go with no others.")
        written = yaml.safe_load(FILE.read_text(encoding="utf-8"))
        for each in written:
            at = timezone.make_aware(datetime.combine(each.pop("written_at"), WRITTEN_AT))
            Commentary.objects.create(
                questionnaire=settings.QUESTIONNAIRE, written_at=at, is_published=True, **each
            )
        self.stdout.write(self.style.SUCCESS(f"{len(written)} commentaries written."))
