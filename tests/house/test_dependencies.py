"""The locks, what is installed against them, and the bill of materials."""

from __future__ import annotations

import json
from datetime import date

from cyclonedx.output.json import JsonV1Dot6
from packaging.requirements import Requirement

from tools.audit_dependencies import LOCKS, OPTIONAL, ROOT, entries, looked_at, loose, strangers
from tools.sbom import bill

HASH = "a" * 64


def test_everything_locked_is_one_version_with_hashes_and_no_address() -> None:
    for name in (*LOCKS, *OPTIONAL):
        text = (ROOT / name).read_text("utf-8")
        assert loose(entries(text)) == [], name
        assert "://" not in text, name


def test_what_is_not_pinned_is_named() -> None:
    lock = f"""# a comment
sound==1.0 \\
    --hash=sha256:{HASH}
open>=1.0 \\
    --hash=sha256:{HASH}
bare==1.0
away @ https://example.org/away.whl --hash=sha256:{HASH}
"""
    assert loose(entries(lock)) == ["open", "bare", "away"]


def test_what_is_installed_and_in_no_lock_is_named() -> None:
    locked = [Requirement("Known_Thing==1.0"), Requirement("other==2.0 ; python_version >= '3.11'")]
    here = [("known-thing", "1.0"), ("other", "2.1"), ("stranger", "0.1"), ("constancia", "0.1")]
    assert strangers(locked, here) == ["other 2.1", "stranger 0.1"]


def test_an_exception_ends_on_its_day() -> None:
    text = '[[looked_at]]\nid = "A"\nreason = "r"\nuntil = 2027-01-31\n'
    assert looked_at(text, date(2027, 1, 31)) == (["A"], [])
    assert looked_at(text, date(2027, 2, 1)) == ([], ["A"])


def test_the_bill_names_every_locked_version_with_its_hashes() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    told = json.loads(JsonV1Dot6(bill(text)).output_as_string())
    names = {(one["name"], one["version"]) for one in told["components"]}
    assert names == {(r.name, next(iter(r.specifier)).version) for r, _ in entries(text)}
    assert all(one["purl"].startswith("pkg:pypi/") and one["hashes"] for one in told["components"])
