"""Reads the environment for the settings; what is not understood ends the start with a sentence."""

from __future__ import annotations

import os
import sys


def flag(name: str, default: bool = False) -> bool:
    """A variable that is 1 or 0; anything else ends the start with a sentence."""
    value = os.environ.get(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no", ""}:
        sys.exit(f"{name}={value!r} is not understood. Accepted: 1 or 0.")
    return value in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    """A variable that is a whole number; anything else ends the start with a sentence."""
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        sys.exit(f"{name}={value!r} is not a whole number.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A variable that is a list, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
