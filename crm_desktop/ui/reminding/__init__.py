"""Reminders: the ticking clock, notices of the system, the card in the window, the panel behind the bell."""
