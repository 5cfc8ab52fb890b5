"""What editors add to the report."""

from analysis.models.commentary import Commentary
from analysis.models.editions import Edition

__all__ = ["Commentary", "Edition"]
