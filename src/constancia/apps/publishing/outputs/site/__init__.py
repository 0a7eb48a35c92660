"""The public site: static pages in both languages, made of editions and of nothing else."""

from constancia.apps.publishing.outputs.site.folder import write_site
from constancia.apps.publishing.outputs.site.model import Download, Logged, Signed, SiteEdition
from constancia.apps.publishing.outputs.site.pictures import report_pictures
from constancia.apps.publishing.outputs.site.site import downloads, site

__all__ = [
    "Download",
    "Logged",
    "Signed",
    "SiteEdition",
    "downloads",
    "report_pictures",
    "site",
    "write_site",
]
