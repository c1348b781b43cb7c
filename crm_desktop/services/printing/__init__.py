"""What is put on paper: facts are collected, made into a document of plain parts, and laid out by whoever prints it."""
