"""Pure rules on text: no database, no Qt."""
