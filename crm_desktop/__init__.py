"""A local-first CRM for salespeople: every action is instant, offline, and can be undone."""

__version__ = "0.1.0"
