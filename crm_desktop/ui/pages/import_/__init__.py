"""The import page: a file becomes records in four steps, each of which can be looked at before anything is written."""
