"""Building a filter by choosing: fields, operators and values, joined by and, or and not."""
