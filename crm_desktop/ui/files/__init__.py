"""Attached files in the window: what is dropped and pasted, copied in threads, shown, opened as a copy."""
