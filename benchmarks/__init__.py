"""Measurements of the program against plain limits, printed for people; no test asserts a time."""
