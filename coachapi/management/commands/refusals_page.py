"""``manage.py refusals_page``: every code that the API may refuse with, as a page."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from coachapi.refusals import Refused

HEAD = """# Refusals

Every refusal is a problem document (RFC 9457) with a stable `code`; `detail` is the sentence for
people. This page is generated from the code by `make docs`.

| Code | Status | Title | When |
|---|---|---|---|
"""
_DEFINED = re.compile(r"^class \w+\([\w.]*(Refused|Refusal|Unreadable|NotThere)\)", re.MULTILINE)
FLOORS = ("coachapi", "programs", "clients")
# What the framework itself refuses, under its own codes.
FRAMEWORK = (
    ("authentication_failed", 401, "Incorrect authentication credentials.", "The token is old."),
    ("method_not_allowed", 405, "Method not allowed.", "This address has no such method."),
    ("not_acceptable", 406, "Not acceptable.", "Only JSON is answered."),
    ("not_authenticated", 401, "Not authenticated.", "No token was sent."),
    ("parse_error", 400, "Malformed request.", "The body is not JSON, or holds no JSON number."),
    ("bad_request", 400, "Not understood", "The host or a header is none that is answered."),
    ("server_error", 500, "Fault of ours", "Something broke here; nothing was stored."),
    ("throttled", 429, "Request was throttled.", "More requests in a minute than the quota."),
    ("too_large", 413, "The body is too large.", "A body has at most 2 MiB."),
    ("unavailable", 503, "Not available", "The database is away for a moment; see Retry-After."),
    ("unsupported_media_type", 415, "Unsupported media type.", "Only application/json is read."),
)


def refusals() -> list[type[Refused]]:
    """Every refusal of ours, by code; the demo's own are not the product's."""
    for label in FLOORS:  # named as strings: nothing here knows what stands above
        floor = importlib.import_module(apps.get_app_config(label).name)
        for found in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            if ".demo" not in found.name and _refuses(found):
                importlib.import_module(found.name)

    def below(kind: type[Refused]) -> list[type[Refused]]:
        return [kind, *(each for child in kind.__subclasses__() for each in below(child))]

    ours = {each for each in below(Refused)[1:] if not each.__name__.startswith("_")}
    kept = [each for each in ours if ".demo" not in each.__module__]
    return sorted(kept, key=lambda each: (each.code, each.__name__))


def _refuses(module: pkgutil.ModuleInfo) -> bool:
    """Whether a module defines a refusal: only those are imported, whatever floor they stand on."""
    spec = module.module_finder.find_spec(module.name, None)
    source = Path(spec.origin).read_text() if spec and spec.origin else ""
    return _DEFINED.search(source) is not None


def page() -> str:
    """The page, whole."""
    own = [
        (each.code, each.status, each.title, (each.__doc__ or "").partition("\n")[0])
        for each in refusals()
    ]
    rows = sorted({*own, *FRAMEWORK})
    return HEAD + "".join(f"| `{c}` | {s} | {t} | {when} |\n" for c, s, t, when in rows)


class Command(BaseCommand):
    """Thin over ``page``."""

    help = "Write the page of every refusal."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("--to", type=Path, required=True)

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        """Write it."""
        to.write_text(page())
