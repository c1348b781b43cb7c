"""What people set once for themselves on this computer; what a team shares is kept in the database."""

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from crm_desktop.i18n import LANGUAGES, N_, guess

log = logging.getLogger(__name__)
T = TypeVar("T")
HALF_HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30))


def setting(default: T, label: str, *choices: T) -> T:
    """Declare a setting: its default, its label on the settings page, and what it may be (anything when unsaid)."""
    declared: T = field(default=default, metadata={"label": label, "choices": choices})
    return declared


@dataclass(slots=True)
class Settings:
    """One attribute for each setting; the settings page is made from them, as forms are made from fields."""

    language: str = setting("", N_("Language"), "", *LANGUAGES)
    theme: str = setting("system", N_("Theme"), "system", "light", "dark", "contrast")
    text_size: int = setting(100, N_("Text size"), 100, 112, 125)
    reminders: bool = setting(default=True, label=N_("Remind of tasks when they are due"))
    morning: str = setting("09:00", N_("Remind of tasks without a time at"), *HALF_HOURS)
    stay_in_tray: bool = setting(default=False, label=N_("Stay in the tray when the window is closed"))
    largest_file: int = setting(50, N_("Largest attached file, in MB"), 10, 50, 200, 1000)
    layout: dict[str, Any] = field(default_factory=dict, metadata={"label": "", "choices": ()})
    """Widths and places that pages remember, by page."""

    def speaks(self) -> str:
        """The language to speak: the one chosen, else this computer's."""
        return self.language or guess()

    def save(self, path: Path) -> None:
        """Write them so that a crash leaves the old file or the new one, never half of one."""
        half = path.with_suffix(".new")
        half.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2), encoding="utf-8")
        half.replace(path)


def load(path: Path) -> Settings:
    """The saved settings; what is missing, unknown or not allowed falls back to the default."""
    try:
        saved: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except ValueError:
        log.warning("The settings file cannot be read; it is kept as %s", path.with_suffix(".bad").name)
        path.replace(path.with_suffix(".bad"))
        return Settings()
    if not isinstance(saved, dict):
        return Settings()
    return Settings(**{each.name: saved[each.name] for each in fields(Settings) if _fits(each, saved.get(each.name))})


def _fits(declared: Any, value: object) -> bool:
    choices = declared.metadata["choices"]
    if choices:
        return value in choices
    return type(value) is (dict if declared.name == "layout" else type(declared.default))
