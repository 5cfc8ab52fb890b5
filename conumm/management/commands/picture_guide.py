import os
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings

from conumm.guide.pictures import PICTURES

PLAIN_FILES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


class Command(BaseCommand):
    help = (
        "Take the pictures of the guide, all or those named, from a demo of their own: a database "
        "that is removed afterwards. Needs playwright (tests/requirements.txt) and Chromium."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME")

    def handle(self, *args: Any, names: list[str], **options: Any) -> None:
        wanted = [p for p in PICTURES if not names or p.name in names]
        if unknown := {*names} - {picture.name for picture in wanted}:
            raise CommandError(f"No picture is called {', '.join(sorted(unknown))}.")
        try:
            from conumm.guide import camera
        except ImportError as error:
            raise CommandError(f"{error.name} is missing: run « make guide ».") from error
        # Playwright has a loop of its own, which Django takes for ours.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            with override_settings(STORAGES=PLAIN_FILES, REQUIRE_SECOND_FACTOR=False):
                self._take(camera, wanted)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)

    def _take(self, camera: Any, wanted: list[Any]) -> None:
        from conumm.guide import staging

        places = staging.prepare()
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        try:
            with camera.chromium() as browser:
                site = f"http://127.0.0.1:{server.port}"
                taking = camera.Camera(browser, site, places, staging.PASSWORD)
                sizes = [self._one(taking, picture) for picture in wanted]
        finally:
            server.terminate()
            connections.close_all()
        self.stdout.write(f"{len(sizes)} pictures, {sum(sizes) / 1000:.0f} kB.")

    def _one(self, camera: Any, picture: Any) -> int:
        size = camera.take(picture)
        self.stdout.write(f"  {picture.name:<24} {size / 1000:>5.0f} kB")
        return size
