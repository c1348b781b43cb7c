"""Lists of records: table, columns, filter, saved lists and bulk changes, the same for every kind of record."""
