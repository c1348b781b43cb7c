"""The windows: everything that knows Qt."""

from crm_desktop.ui.qt import load

load()
