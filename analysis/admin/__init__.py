"""Django admin: what editors add to the report."""

from analysis.admin.commentary import CommentaryAdmin
from analysis.admin.editions import EditionAdmin
from analysis.admin.subscribers import SubscriberAdmin

__all__ = ["CommentaryAdmin", "EditionAdmin", "SubscriberAdmin"]
