"""Making a PDF where there is no window, and maybe no screen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_desktop.services.printing.document import Document


def pdf(document: Document) -> bytes:
    """A document as a PDF file, for the command line."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from crm_desktop.ui.printing import pages

    app = QApplication.instance() or QApplication(["crm_desktop"])
    made = pages.pdf(document)
    del app
    return made
