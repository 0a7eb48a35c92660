"""What each chart of an edition says: its title, its alternative text and the table behind it."""

from constancia.domain.publishing.charts.described import Described
from constancia.domain.publishing.charts.naming import chart_names, described

__all__ = ["Described", "chart_names", "described"]
