"""What an export is made of: which records, which columns, and the rows read page by page."""
