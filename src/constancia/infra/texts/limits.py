"""How large a document may be, and how much of the machine reading it may take."""

from __future__ import annotations

MAX_BYTES = 20_000_000
"""Of the file."""
MAX_CHARACTERS = 2_000_000
"""Of the text."""
MAX_LINE = 100_000
"""Characters of one paragraph."""
MAX_PAGES = 3_000
"""Of a PDF."""
MAX_INFLATED = 200_000_000
"""Bytes that one compressed part of a PDF or DOCX may come to."""
SECONDS = 20
"""Of processor time."""
PATIENCE = 40
"""Seconds until the reading process is ended, whatever it does."""
MEMORY = 1_200_000_000
"""Bytes of address space; half of it is taken by the libraries before they read anything."""
FIELD = 400
"""Characters of a title or publisher."""
AT_ONCE = 2
"""Documents read at the same time by one process."""
