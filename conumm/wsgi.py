import os

from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conumm.settings")

application = get_wsgi_application()

# What `manage.py` refuses to start with, a server refuses too.
BaseCommand().check()
