"""Alembic's scripts: every step from one schema to the next."""
