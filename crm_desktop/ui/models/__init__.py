"""Qt item models over keys and pages."""
