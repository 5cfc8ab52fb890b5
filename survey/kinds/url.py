from survey.kinds.short_text import ShortText


class Url(ShortText):
    """A site, a blog or a social account as people write them: free text."""

    code = "url"
    name = "adresse en ligne"
