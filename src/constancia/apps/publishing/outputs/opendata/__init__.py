"""The open data of an edition: a Frictionless data package in a folder."""

from constancia.apps.publishing.outputs.opendata.licence import CC_BY, Licence
from constancia.apps.publishing.outputs.opendata.package import named_list, package, zipped

__all__ = ["CC_BY", "Licence", "named_list", "package", "zipped"]
