"""Django admin: what editors add to the report."""

from analysis.admin.commentary import CommentaryAdmin
from analysis.admin.editions import EditionAdmin

__all__ = ["CommentaryAdmin", "EditionAdmin"]
