"""File formats: what comes in and what goes out. One module a format."""
