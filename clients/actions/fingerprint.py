"""By what the same content is known again when a phone repeats itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def body_hash(body: Mapping[str, Any]) -> str:
    """The fingerprint by which the same content is known again, whatever its key order."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
