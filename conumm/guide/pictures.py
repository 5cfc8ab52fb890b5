"""The pictures of the guide: who looks at which page, what they do there, what is framed.

`manage.py picture_guide` takes them. {places} in an address are those of `staging.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

STRANGER, NEWCOMER, MODERATOR, EDITOR, SUPERUSER = "", "alix", "camille", "lou", "dominique"
COLLEAGUE = "noor"
"""The moderator who decides at the same time."""

Step = Callable[["Page"], object]


def press(*keys: str) -> Step:
    def step(page: "Page") -> None:
        # As long as nobody could have read it, no key decides.
        page.wait_for_timeout(600)
        for key in keys:
            page.keyboard.press(key)

    return step


def click(name: str) -> Step:
    def step(page: "Page") -> None:
        page.get_by_role("button", name=name, exact=True).first.click()

    return step


def fill(selector: str, words: str) -> Step:
    return lambda page: page.locator(selector).fill(words)


def select(selector: str, value: str) -> Step:
    return lambda page: page.locator(selector).select_option(value)


def choose(selector: str, place: int) -> Step:
    """What stands at this place in a list of choices."""
    return lambda page: page.locator(selector).select_option(index=place)


def attach(selector: str, name: str, content: str) -> Step:
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    return lambda page: page.locator(selector).set_input_files(file)


def tick(selector: str) -> Step:
    return lambda page: page.locator(selector).first.check()


def tick_all(selector: str) -> Step:
    def step(page: "Page") -> None:
        for box in page.locator(selector).all():
            box.check()

    return step


@dataclass(frozen=True)
class Picture:
    """`frame`: the selectors of all that must be seen; `ring`: what is circled."""

    name: str
    account: str
    address: str
    frame: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    ring: str = ""


READING = "/admin/survey/texttoread/{}/change/"
RESPONDENTS = "/admin/survey/respondent/"
ENTRY = "/questionnaire/saisie/{entered}/"
IMPORT = "/admin/survey/import/add/"
COLLECTED = """id,startdate,submitdate,accord,textes,statut
301,2021-02-08 08:50:00,2021-02-08 09:12:00,Oui,Oui,CDI
302,2021-02-09 14:02:00,2021-02-09 14:30:00,Oui,Non,Indépendant
303,2021-02-10 10:05:00,,Non,Non,CDD
"""
PLACED = """consents:
  participate: {column: accord}
  publish_texts: {column: textes}
  name_structure: false
questions:
  statut:
    column: statut
    choices: {CDI: cdi, CDD: cdd, Indépendant: independant}
"""
TRYING = (
    attach("#id_file", "ateliers-2021.csv", COLLECTED),
    fill("#id_mapping", PLACED),
    click("Essayer sans rien écrire"),
)
PICTURES = (
    Picture("connexion", STRANGER, "/admin/", ("#container",)),
    Picture("second-facteur", NEWCOMER, "/admin/second-facteur/", ("#content-main",)),
    Picture("accueil", MODERATOR, "/admin/", ("#header", ".waiting"), ring=".waiting li"),
    Picture(
        "lire-un-texte",
        MODERATOR,
        READING.format("{personal}"),
        (".reading-place", ".deciding-bar .buttons"),
        ring=".deciding-bar .buttons",
    ),
    Picture(
        "retirer-des-mots",
        MODERATOR,
        READING.format("{personal}"),
        (".reading-place", ".appearing"),
        (press("t"),),
    ),
    Picture("sans-accord", MODERATOR, READING.format("{refused}"), (".reading-place", ".deciding")),
    Picture(
        "texte-modifie", MODERATOR, READING.format("{rewritten}"), (".reading-place", ".edited")
    ),
    Picture(
        "plusieurs-textes",
        MODERATOR,
        "/admin/survey/texttoread/",
        ("#changelist-form .actions", "#result_list tbody tr:nth-child(6)"),
        (
            tick(".action-select"),
            tick("#result_list tbody tr:nth-child(2) input"),
            select(".actions select", "publish"),
        ),
        ring=".actions select",
    ),
    Picture(
        "publier-plusieurs",
        MODERATOR,
        "/admin/survey/texttoread/",
        ("#content-main",),
        (
            tick(".action-select"),
            tick("#result_list tr:has-text('Sandrine') .action-select"),
            select(".actions select", "publish"),
            click("Envoyer"),
        ),
        ring=".buttons",
    ),
    Picture(
        "recoder",
        MODERATOR,
        READING.format("{known}"),
        (".coding",),
        (choose("#id_code-choice", 6),),
        ring=".code-fields .field",
    ),
    Picture(
        "recoder-plusieurs",
        MODERATOR,
        "/admin/survey/texttoread/?precision=other&verdict=all&question__id__exact={status}",
        ("#content-main",),
        (
            tick_all("#result_list tr:has-text('ntermittent') .action-select"),
            select(".actions select", "code_as"),
            click("Envoyer"),
            fill("#id_code-new", "Intermittence du spectacle"),
        ),
    ),
    Picture(
        "repondants",
        MODERATOR,
        RESPONDENTS,
        ("#toolbar", "#changelist-filter h2", "#result_list tbody tr:nth-child(12)"),
    ),
    Picture(
        "un-repondant",
        MODERATOR,
        RESPONDENTS + "{complete}/change/",
        (".portrait .buttons", ".part"),
        ring=".portrait .buttons",
    ),
    Picture(
        "exclure",
        MODERATOR,
        RESPONDENTS + "{double}/change/",
        ("#content-main",),
        (click("Exclure…"), fill("#id_reason", "Doublon de #95")),
    ),
    Picture(
        "doublons",
        MODERATOR,
        RESPONDENTS + "?duplicates=yes",
        ("#result_list th", "#result_list tr:last-child .field-completed"),
    ),
    Picture(
        "saisir",
        MODERATOR,
        RESPONDENTS + "add/",
        ("#content-main",),
        (
            fill("#id_answered_on", "2021-03-03"),
            tick("#id_participate"),
            tick("#id_publish_texts"),
        ),
    ),
    Picture(
        "saisir-une-page",
        MODERATOR,
        ENTRY + "section/mediateurs/",
        (".entry", ".question"),
    ),
    Picture(
        "une-question",
        EDITOR,
        "/admin/survey/question/{question}/change/",
        (".field-title", "#choices-group"),
    ),
    Picture(
        "campagne",
        EDITOR,
        "/admin/survey/questionnaire/{questionnaire}/change/",
        ("fieldset:has(.field-opens_at) h2", ".field-circulation"),
    ),
    Picture("commentaires", EDITOR, "/admin/analysis/commentary/", (".actions", "#result_list")),
    Picture(
        "commentaire",
        EDITOR,
        "/admin/analysis/commentary/{commentary}/change/",
        (".field-place", ".field-is_published"),
    ),
    Picture(
        "apercu",
        EDITOR,
        "/admin/analysis/commentary/{commentary}/change/",
        ("#apercu", "iframe[name=preview]"),
    ),
    Picture(
        "chiffres",
        EDITOR,
        "/admin/analysis/commentary/{commentary}/change/",
        ("#chiffres", "#figures"),
    ),
    Picture(
        "figer",
        EDITOR,
        "/admin/analysis/edition/add/",
        (".field-date", ".submit-row"),
        (fill("#id_date", "05/03/2021"),),
        ring=".submit-row input",
    ),
    Picture(
        "journal",
        MODERATOR,
        "/admin/survey/decision/",
        (".log-tabs", "#changelist-filter h2", "#result_list tbody tr:nth-child(5)"),
    ),
    Picture("importer", SUPERUSER, IMPORT, ("#content-main",), TRYING, ring=".buttons"),
    # The last, for they decide something.
    Picture(
        "un-import",
        SUPERUSER,
        IMPORT,
        (".portrait",),
        (*TRYING, click("Importer")),
        ring=".destructive",
    ),
    Picture(
        "annuler",
        MODERATOR,
        READING.format("{plain}"),
        ("#content h1", ".undoing"),
        (press("p"),),
        ring=".undoing .button",
    ),
)
