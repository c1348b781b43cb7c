"""The part of the settings in which people make fields of their own."""
