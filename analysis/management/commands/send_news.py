from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analysis import announcing


class Command(BaseCommand):
    help = "Send the mails on editions that are left; erase the addresses that nobody confirmed."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            announcing.send_left()
        except OSError as error:
            raise CommandError(
                f"The mail server takes no mail ({type(error).__name__}): see EMAIL_URL."
            ) from error
        left = announcing.left()
        if left:
            self.stdout.write(f"{left} left: to be tried again in ten minutes.")
