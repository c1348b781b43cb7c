"""Windows, pages and widgets: the only rooms that know Qt."""
