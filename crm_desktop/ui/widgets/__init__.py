"""Reusable parts of the interface."""
