"""What of a report's folder is published with its edition: the files that are printed, without remarks.

The content of an edition is open data. What the desk writes to itself there ("ask her mother first"), or
keeps in a section that the report leaves out, is nobody else's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence

from constancia.domain.language import Language
from constancia.domain.publishing.content import TextFile
from constancia.domain.publishing.texts.comments import without_comments
from constancia.domain.publishing.texts.folder import PLAN

_TOML = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|(?P<remark>[ \t]*#[^\n]*)",
    re.DOTALL,
)


def printed(
    texts: Sequence[TextFile], languages: Sequence[Language], sections: Collection[str]
) -> tuple[TextFile, ...]:
    """The plan and the sections in the edition's languages; lines stay where they were.

    A folder of which nothing would be left is left whole, and a text whose remark never ends as it is: both
    are errors that the check tells of.
    """
    names = {f"{language}/{stem}.md" for language in languages for stem in sections}
    kept = [one for one in texts if one.path == PLAN or one.path in names]
    if not any(one.path in names for one in kept):
        kept = list(texts)
    return tuple(TextFile(path=one.path, text=_without(one)) for one in kept)


def _without(one: TextFile) -> str:
    if one.path == PLAN:
        return plan_without_remarks(one.text)
    text, unclosed = without_comments(one.text)
    return one.text if unclosed else text


def plan_without_remarks(text: str) -> str:
    """TOML without what stands after "#"; as it is where that is no TOML."""
    bare = _TOML.sub(lambda match: "" if match["remark"] is not None else match[0], text)
    try:
        return bare if tomllib.loads(bare) == tomllib.loads(text) else text
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return text
