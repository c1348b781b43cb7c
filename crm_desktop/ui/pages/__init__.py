"""One module or package for each page of the main window; pages do not know one another."""
