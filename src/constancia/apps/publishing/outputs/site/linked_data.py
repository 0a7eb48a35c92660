"""What machines read of an edition: schema.org Dataset and Report as JSON-LD."""

from __future__ import annotations

import mimetypes
import posixpath
from typing import Any

from constancia.apps.publishing.outputs.site.addresses import edition_path, file_path, link, report_path
from constancia.apps.publishing.outputs.site.model import Download, SiteEdition
from constancia.apps.publishing.outputs.site.shelf import Shelf
from constancia.domain.language import Language
from constancia.domain.publishing.characters import plain


def of_edition(shelf: Shelf, edition: SiteEdition, language: Language, description: str) -> dict[str, Any]:
    """The Dataset of an edition with its files, but for those in folders, and the Report made of it."""
    content, page = edition.content, edition_path(edition.number, language)
    publisher = {"@type": "Organization", "name": plain(content.organisation)}
    common = {
        "name": plain(content.title.in_language(language)),
        "description": description,
        "inLanguage": language,
        "publisher": publisher,
        "creator": publisher,
        "datePublished": edition.updated.isoformat(),
        "version": str(edition.number),
        "isAccessibleForFree": True,
    }
    starts = [figure.start for figure in content.figures if figure.start] or [content.as_of]
    dataset = {
        "@type": "Dataset",
        **common,
        "url": _address(shelf, page, page),
        "license": shelf.licence.address,
        "temporalCoverage": f"{min(starts).isoformat()}/{content.as_of.isoformat()}",
        "variableMeasured": [plain(figure.label.in_language(language)) for figure in content.figures],
        "distribution": [
            _distribution(shelf, edition, one, page) for one in edition.files if "/" not in one.path
        ],
    }
    graph = [dataset]
    if language in edition.report:
        path = report_path(edition.number, language)
        graph.append({"@type": "Report", **common, "url": _address(shelf, path, page)})
    return {"@context": "https://schema.org", "@graph": graph}


def _distribution(shelf: Shelf, edition: SiteEdition, one: Download, page: str) -> dict[str, Any]:
    kind = mimetypes.types_map.get(posixpath.splitext(one.path)[1].lower(), "application/octet-stream")
    return {
        "@type": "DataDownload",
        "contentUrl": _address(shelf, file_path(edition.number, one.path), page),
        "encodingFormat": kind,
        "contentSize": f"{one.size} B",
        "sha256": one.sha256,
    }


def _address(shelf: Shelf, path: str, page: str) -> str:
    """In full where it is known where the site is served, else relative to the page."""
    return shelf.absolute(path) if shelf.address else link(page, path)
