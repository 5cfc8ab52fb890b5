PORT ?= 8000
PYTHON ?= python3
VENV := .venv/bin
export DJANGO_SETTINGS_MODULE = conumm.settings

.PHONY: demo test check guide

demo: .venv/demo-installed var/secret-key
	@PORT="$(PORT)" $(VENV)/python manage.py demo

test: .venv/tests-installed
	SECRET_KEY=tests $(VENV)/python -m pytest -n auto

check: .venv/tests-installed
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/lint-imports
	SECRET_KEY=tests $(VENV)/python manage.py makemigrations --check --dry-run

# The pictures of the guide, taken again where the admin's pages have changed.
guide: .venv/tests-installed
	SECRET_KEY=guide $(VENV)/python manage.py picture_guide

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv

.venv/demo-installed: requirements.txt | .venv/bin/python
	$(VENV)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/tests-installed: requirements.txt tests/requirements.txt | .venv/bin/python
	$(VENV)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@ .venv/demo-installed

var/secret-key:
	mkdir -p var
	$(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@
