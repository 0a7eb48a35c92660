"""How much of the machine looking at a file may take, and how large a copy of it is."""

from __future__ import annotations

SECONDS = 20
"""Of processor time."""
PATIENCE = 40
"""Seconds until the process is ended, whatever it does."""
MEMORY = 1_600_000_000
"""Bytes of address space, libraries included."""
AT_ONCE = 2
"""Files looked at at the same time by one process of the site."""
PIXELS = 120_000_000
"""Of a picture: telephones make 108 million; 50,000 × 50,000 are 2,500 million."""
EDGE = 2_000
"""Pixels of the longer side of a copy."""
PAGES = 2_000
"""Of a PDF that may be looked at, page by page."""
SHARED_PAGES = 60
"""Of a PDF of which a copy to share is made."""
ANSWER = 120_000_000
"""Bytes that the process may answer."""
TRAITS = 60
"""Of what a file says of itself, at most so many are told."""
