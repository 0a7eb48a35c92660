"""Charts as small SVG pictures: no script, no inline style; colours and type come from the style sheet."""

from __future__ import annotations

from constancia.web.charts.bars import Mark, Stack, bar_chart
from constancia.web.charts.compared import Said, compared_chart
from constancia.web.charts.compared import key as sign_key
from constancia.web.charts.lines import Reading, line_chart
from constancia.web.charts.progress import Rise, progress_bar, progress_chart
from constancia.web.charts.share import Share, share_bar, strip

__all__ = [
    "Mark",
    "Reading",
    "Rise",
    "Said",
    "Share",
    "Stack",
    "bar_chart",
    "compared_chart",
    "line_chart",
    "progress_bar",
    "progress_chart",
    "share_bar",
    "sign_key",
    "strip",
]
