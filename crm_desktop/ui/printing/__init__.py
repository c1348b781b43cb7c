"""Papers: documents laid out on pages, as PDF, on a printer, or as pictures to look at."""
