"""What editors add to the report."""

from analysis.models.commentary import Commentary

__all__ = ["Commentary"]
