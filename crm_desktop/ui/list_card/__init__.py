"""A card of the settings for things that people name and order themselves: a list of them, and the one chosen."""
