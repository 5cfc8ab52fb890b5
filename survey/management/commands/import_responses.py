from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.importing import bringing, drafting, exported, files, writing
from survey.importing.bringing import Trial
from survey.importing.files import FileError
from survey.importing.mapping import MappingError
from survey.importing.writing import NothingToUndo
from survey.models import Questionnaire
from survey.moderation import User


class Command(BaseCommand):
    help = (
        "Import responses exported by LimeSurvey (CSV with code headings, or VV) or from the admin "
        "(CSV or JSON, which need no mapping), all or none. "
        "Imported again, a file updates the same numbers; --undo takes the last import back."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--mapping", type=Path, metavar="MAP.yaml")
        parser.add_argument("--dry-run", action="store_true", help="tell all, write nothing")
        parser.add_argument("--write-mapping", action="store_true", help="draft MAP.yaml")
        parser.add_argument(
            "--by", metavar="USER", help="who does it, and takes over an export’s decisions"
        )
        parser.add_argument("--undo", action="store_true", help="take the last import back")

    def handle(self, *args: Any, **options: Any) -> None:
        questionnaire = Questionnaire.objects.filter(code=settings.QUESTIONNAIRE).first()
        if questionnaire is None:
            raise CommandError("Load the questionnaire first: manage.py load_questionnaire")
        if options["undo"]:
            self._undo(questionnaire, self._user(options["by"]), dry_run=options["dry_run"])
            return
        if not options["file"]:
            raise CommandError("Name a file, and its mapping: FILE --mapping MAP.yaml")
        try:
            self._read(questionnaire, **options)
        except (FileError, MappingError, OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{error}\nRien n’a été importé.") from error

    def _read(
        self, questionnaire: Questionnaire, *, file: Path, mapping: Path | None, **options: Any
    ) -> None:
        content = file.read_bytes()
        if not mapping and not exported.is_one(content):
            files.decoded(content)  # What is not in UTF-8 is told first.
            raise CommandError("Name the file's mapping: FILE --mapping MAP.yaml")
        if mapping and options["write_mapping"]:
            self._write_mapping(questionnaire, file, mapping)
            return
        said = mapping.read_text(encoding="utf-8") if mapping else ""
        by = self._user(options["by"])
        if options["dry_run"]:
            self._tell(bringing.try_out(questionnaire, content, said, by=by))
        else:
            self._tell(bringing.bring_in(questionnaire, content, said, name=file.name, by=by))

    def _write_mapping(self, questionnaire: Questionnaire, file: Path, mapping: Path) -> None:
        responses = files.read(file.read_bytes())
        drafted = drafting.draft(responses, questionnaire.structure.as_offered, file.name)
        try:
            with mapping.open("x", encoding="utf-8") as output:
                output.write(drafted)
        except FileExistsError as error:
            message = f"{mapping} existe déjà\u00a0: donnez un autre nom, ou effacez-le d’abord."
            raise CommandError(message) from error
        self.stdout.write(self.style.SUCCESS(f"{mapping}\u00a0: à relire et compléter."))

    def _user(self, name: str | None) -> User | None:
        if not name:
            return None
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f'There is no user "{name}".')
        return user

    def _tell(self, trial: Trial) -> None:
        for finding in trial.findings.remarks:
            self.stdout.write(f"À savoir. {finding}")
        if not trial.is_possible:
            problems = "\n".join(f"À régler. {finding}" for finding in trial.findings.problems)
            raise CommandError(f"{problems}\nRien n’a été importé.")
        if not trial.done:
            self.stdout.writelines(f"{line}\n" for line in trial.told)
        told = trial.summary if trial.done else f"{trial.summary} Rien n’a été écrit."
        self.stdout.write(self.style.SUCCESS(told))

    def _undo(self, questionnaire: Questionnaire, by: User | None, *, dry_run: bool) -> None:
        try:
            last = writing.last_import(questionnaire)
            told = bringing.undoing(last) if dry_run else bringing.take_back(last, by=by)
        except NothingToUndo as error:
            raise CommandError("Il n’y a pas d’import à annuler.") from error
        self.stdout.write(told if dry_run else self.style.SUCCESS(told))
