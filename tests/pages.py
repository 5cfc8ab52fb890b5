"""Reading the pages on which a questionnaire is filled in, as a browser without a script does."""

import re
from html import unescape

from survey import responses


def shown(page):
    """The hidden fields of a page: what it had shown of each answer."""
    return dict(re.findall(r'name="(shown__\w+)" value="(\w+)"', page.content.decode()))


def typed(page, name):
    """What a text field of the page holds."""
    content = page.content.decode()
    field = re.search(rf'<input type="text"[^>]*name="{name}"[^>]*value="([^"]*)"', content)
    area = re.search(rf'<textarea name="{name}"[^>]*>\n([^<]*)</textarea>', content)
    return unescape((field or area)[1])


def answers(person):
    """What this person has answered, by question."""
    return {code: v for code, v in responses.answers_of(person).items() if v is not None}
