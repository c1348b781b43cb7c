"""Where the program's own files are; the user's data is elsewhere (`store/folder.py`)."""

import sys
from pathlib import Path

ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).parent.parent))
RESOURCES = ROOT / "resources"
LOCALE = RESOURCES / "locale"
SAMPLES = RESOURCES / "samples"
