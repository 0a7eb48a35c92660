"""Reading tables: CSV, XLSX, ODS. Knows nothing of detentions. Tables going out: `infra.csv_out`."""

from constancia.infra.tables.reading import OpenTable, open_table, sheets_of

__all__ = ["OpenTable", "open_table", "sheets_of"]
