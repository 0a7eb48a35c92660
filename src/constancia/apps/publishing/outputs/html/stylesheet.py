"""The style of a report, as a file: for its own page, for the site and for the preview."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def report_css() -> str:
    """`report.css`. Every rule in it is about `.report` or what stands inside one."""
    return resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")


@cache
def page_css() -> str:
    """`page.css`: what only the report's own page needs."""
    return resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")
