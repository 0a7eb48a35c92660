"""Reading and writing tables: CSV, XLSX, ODS. Knows nothing of detentions."""

from constancia.infra.tables.reading import OpenTable, open_table
from constancia.infra.tables.writing import write_csv, write_xlsx

__all__ = ["OpenTable", "open_table", "write_csv", "write_xlsx"]
