"""What was said and done with somebody, drawn as a chat, and the place to write what was said just now."""
