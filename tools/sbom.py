"""`make sbom`: what Constancia runs on, as a CycloneDX bill of materials (`build/sbom.cdx.json`)."""

from __future__ import annotations

from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from constancia import __version__
from tools.audit_dependencies import ROOT, entries

OUT = ROOT / "build" / "sbom.cdx.json"


def bill(lock: str) -> Bom:
    """The bill of a lock's text. Its hashes are those of the files that pip may install."""
    bom = Bom()
    whole = Component(
        name="constancia", version=__version__, type=ComponentType.APPLICATION, bom_ref="constancia"
    )
    bom.metadata.component = whole
    for entry in lock.replace("\\\n", " ").splitlines():
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in _hashes(entry)]
        for requirement, _ in entries(entry):
            version = next(iter(requirement.specifier)).version
            name = requirement.name
            purl = PackageURL("pypi", None, name, version)
            bom.components.add(
                Component(name=name, version=version, purl=purl, bom_ref=str(purl), hashes=hashes)
            )
    bom.register_dependency(whole, bom.components)
    return bom


def _hashes(entry: str) -> list[str]:
    return [
        word.removeprefix("--hash=sha256:") for word in entry.split() if word.startswith("--hash=sha256:")
    ]


def main(out: Path = OUT) -> None:
    """Writes the file and says where."""
    out.parent.mkdir(exist_ok=True)
    bom = bill((ROOT / "requirements.lock").read_text("utf-8"))
    out.write_text(JsonV1Dot6(bom).output_as_string(indent=2), "utf-8")
    print(f"{out.relative_to(ROOT)}: {len(bom.components)} components")


if __name__ == "__main__":
    main()
