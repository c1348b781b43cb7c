"""In which tone a kind of task is drawn; all others are plain."""

TONES = {"meeting": "accent", "visit": "teal", "call": "ok", "mail": "violet", "chat": "violet"}
