"""What the application refuses to start with, or to load."""

import os
import subprocess
import sys

import pytest
import yaml
from django.core.management import CommandError, call_command

from analysis import presentation
from analysis.apps import measures_are_presented
from survey.models import Question
from survey.questionnaire import file_of


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"SECRET_KEY": "tests"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_throttle_that_is_no_rate_is_refused_with_what_to_write():
    refused = run("import conumm.settings", THROTTLE_START="abc")

    assert refused.returncode != 0
    assert "Write it as 600/min or 20/hour." in refused.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EMAIL_URL", "smtp.example.org:25", "submission://user:password@smtp.example.org:587"),
        ("EMAIL_URL", "smtp://example.org:abc", "Not a valid email URL."),
        ("DEFAULT_FROM_EMAIL", "Conumm", "Conumm <conumm@example.org>"),
        ("SITE_URL", "conumm.example.org", "https://conumm.example.org"),
        ("SITE_URL", "https://conumm.example.org/site/", "https://conumm.example.org"),
        ("NEWS_PER_HOUR", "0", "NEWS_PER_HOUR"),
    ],
)
def test_a_mail_setting_that_cannot_be_is_refused_with_what_to_write(name, value, said):
    refused = run("import conumm.settings", **{name: value})

    assert refused.returncode != 0
    assert said in refused.stderr


def test_links_in_mails_lead_to_the_first_name_of_a_site_behind_https():
    code = "import conumm.settings as s; print(s.SITE_URL, s.EMAIL_HOST, s.EMAIL_USE_TLS)"
    names = {"HTTPS": "true", "ALLOWED_HOSTS": "conumm.example.org,other.example.org"}

    found = run(code, **names, EMAIL_URL="submission://anne:pass%40word@smtp.example.org")

    assert found.stdout.split() == ["https://conumm.example.org", "smtp.example.org", "True"]


def test_a_server_refuses_what_the_command_line_refuses():
    broken = (
        "import analysis.presentation as p; p.PRESENTATIONS = {"
        "k: v for k, v in p.PRESENTATIONS.items() if k != 'numeric'}; "
    )
    setup = "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'conumm.settings'; "

    refused = run(f"{setup}django.setup(); {broken}import conumm.wsgi")

    assert 'The kind "number" names the measure "numeric"' in refused.stderr


def test_a_measure_without_its_functions_is_refused(monkeypatch):
    import types

    bare = types.ModuleType("bare")
    shown = presentation.PRESENTATIONS["numeric"]
    broken = presentation.PRESENTATIONS | {
        "numeric": presentation.Presentation(bare, *list(vars(shown).values())[1:])
    }
    monkeypatch.setattr(presentation, "PRESENTATIONS", broken)

    problems = [str(problem.msg) for problem in measures_are_presented()]

    assert problems == [
        'The measure "numeric" has no function "encode".',
        'The measure "numeric" has no function "summarise".',
    ]


@pytest.mark.django_db
def test_a_questionnaire_without_what_its_report_shows_is_not_loaded(tmp_path):
    call_command("load_questionnaire", verbosity=0)
    data = yaml.safe_load(file_of("conumm").read_text(encoding="utf-8"))
    for section in data["sections"]:
        section["questions"] = [q for q in section["questions"] if q["code"] != "equipe"]
    less = tmp_path / "less.yaml"
    less.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")

    with pytest.raises(CommandError, match='block "equipe": no question has this code'):
        call_command("load_questionnaire", less)

    assert Question.objects.filter(code="equipe").exists()
