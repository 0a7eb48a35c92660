"""The tool of outsiders who check a publication: no Django, no database. Empty so far."""
