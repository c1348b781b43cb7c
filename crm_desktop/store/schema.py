"""Which form of the data file this program knows."""

SCHEMA = 4
"""The number of migrations this version knows; kept in the file as `user_version`."""
