"""What editors add to the report, and who is told of it."""

from analysis.models.commentary import Commentary
from analysis.models.editions import Edition
from analysis.models.news import Announcement, Delivery, Subscriber

__all__ = ["Announcement", "Commentary", "Delivery", "Edition", "Subscriber"]
