"""The page of lists: all contacts, or all accounts, in a table."""
