"""A practice's own borders as JSON: every key checked, nonsense refused with file and line."""

import json
import re

from clients.domain.bands import Settings
from programs.domain.datafile import BadData

FILE = "settings.json"
SHIPPED = Settings()
BORDERS = ("green", "amber", "refer", "rest_refer")
"""What an owner may set; the hour of the morning question is each client's own."""


def read_settings(text: str, *, version: str = SHIPPED.version) -> Settings:
    """The borders a text sets, the others as they ship. Raises BadData with file and line."""
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as mistake:
        raise BadData(f"{FILE}:{mistake.lineno}: {mistake.msg}") from None
    except RecursionError:
        raise BadData(f"{FILE}:1: nested too deep") from None
    if not isinstance(found, dict):
        raise BadData(f'{FILE}:1: one object is expected, such as {{"amber": 4}}')
    for key, value in found.items():
        if key not in BORDERS:
            raise BadData(
                f"{FILE}:{_line(text, key)}: unknown key {key}; known: {', '.join(BORDERS)}"
            )
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadData(f"{FILE}:{_line(text, key)}: {key} is a whole number")
    try:
        return Settings(**found, version=version)
    except ValueError as no:
        first = min((_line(text, key) for key in found), default=1)
        raise BadData(f"{FILE}:{first}: {no}") from None


def settings_text(settings: Settings) -> str:
    """The borders as the text that sets them."""
    return json.dumps({key: getattr(settings, key) for key in BORDERS}, indent=2) + "\n"


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise BadData(f"{FILE}:1: {key} is given twice")
        found[key] = value
    return found


def _line(text: str, key: str) -> int:
    place = re.search(rf'"{re.escape(key)}"\s*:', text)
    return text.count("\n", 0, place.start()) + 1 if place else 1
