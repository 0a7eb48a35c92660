"""Made the bundles in tests/fixtures/bundles: `python -m tests.support.make_golden_bundle`.

They must verify for ever. Do not run it to mend a test that fails: that a bundle of once is refused now is
what the test is for. A new format gets new files beside these.
"""

from __future__ import annotations

from pathlib import Path

from constancia.verifier.onefile import single_file
from tests.support import bundles
from tests.support.bundles import Recipe

FOLDER = Path(__file__).parents[1] / "fixtures" / "bundles"


def main() -> None:
    program = single_file()
    made = bundles.made(Recipe(totals=True, program=program), Recipe())
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, files in (("edicion-1.zip", made.first), ("edicion-2.zip", made.second)):
        (FOLDER / name).write_bytes(bundles.zipped(files))


if __name__ == "__main__":
    main()
