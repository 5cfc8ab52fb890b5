from django import template

from analysis import news

register = template.Library()


@register.inclusion_tag("analysis/components/ask_for_news.html")
def ask_for_news() -> dict[str, str]:
    """The form that asks for an address, on a page that was reached by answering."""
    return {"ticket": news.ticket()}
