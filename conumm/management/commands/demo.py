import os
import socket
import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from survey.models import Respondent

USERNAME, PASSWORD = "demo", "conumm-demo"


class Command(BaseCommand):
    help = "Prepare the database and the demo data where they are missing, then serve on $PORT."

    def handle(self, *args: Any, **options: Any) -> None:
        port = self._port()
        self._step("Base de données", "migrate", verbosity=0)
        self._step("Fichiers statiques", "collectstatic", verbosity=0, interactive=False)
        self._step("Questionnaire", "load_questionnaire")
        if not Respondent.objects.exists():
            self._step("Données de démonstration", "load_demo")
            self._step("Commentaires de démonstration", "load_demo_commentary")
        self._account()
        self._welcome(port)
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
        # One process and several threads: the report is kept in the process.
        serve = ("gunicorn", "conumm.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "8")
        os.execv(sys.executable, [sys.executable, "-m", *serve, "--log-level", "warning"])

    def _port(self) -> int:
        written = os.environ.get("PORT", "8000")
        if not written.isdecimal() or not 0 < int(written) < 65536:
            raise CommandError(f"PORT={written}: use a number between 1 and 65535.")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(written)))
            except OSError as error:
                raise CommandError(
                    f"Port {written} is taken; choose another: make demo PORT=8001"
                ) from error
        return int(written)

    def _step(self, title: str, command: str, **options: Any) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"· {title}"))
        call_command(command, **options)

    def _account(self) -> None:
        users = get_user_model().objects
        if not users.filter(username=USERNAME).exists():
            users.create_superuser(USERNAME, password=PASSWORD)

    def _welcome(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        lines = {
            "Résultats": f"{address}/resultats/",
            "Questionnaire": f"{address}/questionnaire/",
            "Modération": f"{address}/admin/   {USERNAME} · {PASSWORD}",
            "API": f"{address}/api/v1/docs/",
        }
        for name, value in lines.items():
            self.stdout.write(f"  {name:<14} {value}")
        self.stdout.write("  Ctrl+C arrête le serveur ; les réponses sont gardées.")
        self.stdout.flush()
