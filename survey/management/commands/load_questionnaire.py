from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.loading import load
from survey.questionnaire import READERS, QuestionnaireError, file_of, read


class Command(BaseCommand):
    help = "Load a questionnaire file, or update what it changed; print what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        own = file_of(settings.QUESTIONNAIRE)
        parser.add_argument("file", nargs="?", type=Path, default=own)

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        try:
            structure = read(file)
            for refuse_unreadable in READERS:
                refuse_unreadable(structure)
            changes = load(structure, file.name)
        except QuestionnaireError as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        for change in changes:
            self.stdout.write(change)
        self.stdout.write(self.style.SUCCESS(f"{file.name}: {len(changes)} changes."))
