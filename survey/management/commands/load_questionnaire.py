from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import survey
from survey.loading import load
from survey.questionnaire import QuestionnaireError, read


class Command(BaseCommand):
    help = "Load a questionnaire file, or update what it changed; print what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        own = Path(survey.__file__).parent / "questionnaires" / f"{settings.QUESTIONNAIRE}.yaml"
        parser.add_argument("file", nargs="?", type=Path, default=own)

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        try:
            changes = load(read(file), file.name)
        except QuestionnaireError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        for change in changes:
            self.stdout.write(change)
        self.stdout.write(self.style.SUCCESS(f"{file.name}: {len(changes)} changes."))
