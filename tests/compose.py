"""docker-compose.yml as compose reads it: variables filled in, aliases resolved."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<rest>[^}]*))?\})")


def text() -> str:
    """The file itself."""
    return (ROOT / "docker-compose.yml").read_text()


def example() -> dict[str, str]:
    """The variables of .env.example with the values that stand there."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def filled_in(rules_hash: str) -> dict[str, str]:
    """.env.example as an operator fills it in."""
    given = {name: value or secrets.token_urlsafe(48) for name, value in example().items()}
    given |= {"SECRET_KEY_FALLBACKS": "", "EMAIL_HOST_USER": "", "EMAIL_HOST_PASSWORD": ""}
    push = ("VAPID_PRIVATE_KEY", "FCM_CREDENTIALS", "APNS_KEY", "APNS_KEY_ID", "APNS_TEAM_ID")
    given |= dict.fromkeys((*push, "APNS_TOPIC"), "")
    given |= dict.fromkeys(("S3_BUCKET", "S3_ENDPOINT", "S3_ACCESS_KEY", "S3_ACCESS_SECRET"), "")
    given |= {"HEARTBEAT_URL": "", "OTEL_EXPORTER_OTLP_ENDPOINT": "", "FEATURES": ""}
    review = {"RULES_REVIEWED_BY": "A. Clinician", "RULES_REVIEWED_ON": "2026-01-31"}
    return given | review | {"RULES_REVIEWED_HASH": rules_hash}


def substituted(source: str, variables: Mapping[str, str]) -> str:
    """Every ${NAME}, ${NAME:-default} and ${NAME:?message} replaced. Raises KeyError for the last
    when the variable is empty, as compose refuses then."""

    def one(found: re.Match[str]) -> str:
        if found["name"] is None:
            return "$"
        value = variables.get(found["name"], "")
        if value or found["kind"] is None:
            return value
        if found["kind"] == "-":
            return str(found["rest"])
        raise KeyError(found["name"])

    return VARIABLE.sub(one, source)


def services(variables: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every service by name, with those variables."""
    document = yaml.safe_load(substituted(text(), variables))
    found: dict[str, dict[str, Any]] = document["services"]
    return found
