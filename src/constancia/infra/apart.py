"""Starting a process that reads strangers' files: it is given their bytes and nothing of ours.

No key, no variable of ours, no folder to stand in; what it writes to standard error is dropped, for it may
hold pieces of what it read. What it gives up by itself: `confined`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_SOURCE = Path(__file__).parents[2]
_PYTHON = (sys.executable, "-B", "-P", "-s", "-m")
_ENVIRONMENT = {
    "PYTHONPATH": str(_SOURCE),
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "LC_ALL": "C",
}


def run(module: str, *arguments: str, data: bytes, patience: float) -> subprocess.CompletedProcess[bytes]:
    """Run a module of ours on `data`, for `patience` seconds at most. Raises subprocess.TimeoutExpired."""
    return subprocess.run(
        [*_PYTHON, module, *arguments],
        input=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd="/",
        timeout=patience,
        check=False,
    )
