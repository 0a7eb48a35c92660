"""CommonMark as the texts use it: paragraphs, headings, lists, quotes, tables, links, notes, insertions.

HTML, entities, images, code and rules are switched off: what looks like them stays the text that it is. An
entity would bring in the characters that a text may not hold.
"""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin

from constancia.domain.publishing.texts.insertions import called

OPEN, CLOSE = "{{", "}}"
LONGEST = 300
"""Characters of one insertion: what is opened and not closed within them is open for good."""
_DEEPER = 40  # than any text may nest: `reading` refuses much sooner, so nothing is dropped unsaid
_OFF = ["entity", "code", "fence", "backticks", "html_block", "html_inline", "image", "hr", "lheading"]


class _Parser(MarkdownIt):
    """Takes every address for one, so that a bad one becomes an error and not a text with brackets."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


@cache
def parser() -> MarkdownIt:
    """The one parser; it keeps nothing between texts."""
    found = _Parser("commonmark", {"html": False, "maxNesting": _DEEPER})
    found.enable("table")
    found.disable(_OFF)
    footnote_plugin(found, inline=False, move_to_end=False, always_match_refs=True)
    found.block.ruler.before(
        "table", "called", _called, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    found.inline.ruler.before("escape", "insertion", _insertion)
    return found


def _called(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A line that calls a block and holds nothing else."""
    begin, end = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if not state.src.startswith(OPEN, begin):
        return False
    line = state.src[begin:end].strip()
    body = line[len(OPEN) : -len(CLOSE)]
    if len(line) < 5 or not line.endswith(CLOSE) or OPEN in body or CLOSE in body:
        return False
    call = called(body)
    if call is None:
        return False
    if not silent:
        token = state.push("called", "", 0)
        token.map = [first, first + 1]
        token.content = body.strip()
        token.meta = {"call": call}
        state.line = first + 1
    return True


def _insertion(state: StateInline, silent: bool) -> bool:
    """{{ … }} on one line; a half of it alone becomes a token of its own, which is a fault."""
    start = state.pos
    if state.src.startswith(CLOSE, start):
        return _broken(state, silent)
    if not state.src.startswith(OPEN, start):
        return False
    longest = min(state.posMax, start + LONGEST)
    end_of_line = state.src.find("\n", start, longest)
    line_end = longest if end_of_line < 0 else end_of_line
    end = state.src.find(CLOSE, start + len(OPEN), line_end)
    again = state.src.find(OPEN, start + len(OPEN), line_end)
    if end < 0 or 0 <= again < end:
        return _broken(state, silent)
    if not silent:
        token = state.push("insertion", "", 0)
        token.content = state.src[start + len(OPEN) : end].strip()
    state.pos = end + len(CLOSE)
    return True


def _broken(state: StateInline, silent: bool) -> bool:
    if not silent:
        state.push("broken", "", 0)
    state.pos += len(OPEN)
    return True
