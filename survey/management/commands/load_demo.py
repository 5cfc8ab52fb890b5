import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.demo.plan import OPENED, plan
from survey.demo.writing import write_each, write_many
from survey.models import Questionnaire, Respondent

RESPONDENTS = 95
MODERATOR = "moderation-demo"
CIRCULATION = (
    "Lettre du réseau, deux envois à un mois d’intervalle, et bouche-à-oreille entre structures."
)


class Command(BaseCommand):
    help = (
        "Write the demo data: 95 fictional respondents with the figures of 2021, filled in and "
        "moderated through the same code as people's. --respondents writes N of the same shape."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--respondents", type=int, default=RESPONDENTS, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        questionnaire = Questionnaire.objects.filter(code="conumm").first()
        if questionnaire is None:
            raise CommandError("Load the questionnaire first: manage.py load_questionnaire")
        if Respondent.objects.filter(questionnaire=questionnaire).exists():
            raise CommandError("There are respondents already; the demo data go with no others.")
        count = options["respondents"]
        if count < 1:
            raise CommandError("--respondents wants 1 or more.")
        by, _ = get_user_model().objects.get_or_create(
            username=MODERATOR, defaults={"is_active": False}
        )
        write = write_each if count == RESPONDENTS else write_many
        planned = plan(questionnaire.structure.as_offered, respondents=count)
        write(questionnaire, planned, by=by, progress=lambda n: self._show(n, count))
        self._campaign(questionnaire)
        self.stdout.write(self.style.SUCCESS(f"{count} respondents written."))

    def _campaign(self, questionnaire: Questionnaire) -> None:
        """The facts that an editor would write in the admin, where none did."""
        if questionnaire.opens_at or questionnaire.circulation:
            return
        questionnaire.opens_at = OPENED
        questionnaire.circulation = CIRCULATION
        questionnaire.save(update_fields=["opens_at", "circulation"])
        questionnaire.restructured()

    def _show(self, written: int, of: int) -> None:
        if sys.stdout.isatty():
            self.stdout.write(f"\r{written} / {of}", ending="" if written < of else "\n")
            self.stdout.flush()
