"""Django admin: what editors add to the report."""

from analysis.admin.commentary import CommentaryAdmin

__all__ = ["CommentaryAdmin"]
