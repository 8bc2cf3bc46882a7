"""Where form-check clips are kept (docs/adr/0014).

Pieces on a disk that web and workers share; clips there too, or in an S3.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_DATA = Path(os.environ.get("DATA_FOLDER", Path(__file__).parent.parent / ".data"))
UPLOAD_FOLDER = Path(os.environ.get("UPLOAD_FOLDER", _DATA / "uploads"))


def clip_store(env: Mapping[str, str]) -> dict[str, Any]:
    """The storage for clips that this environment asks for."""
    if not env.get("S3_BUCKET"):
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": Path(env.get("CLIP_FOLDER", _DATA / "clips"))},
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env["S3_BUCKET"],
            "endpoint_url": env.get("S3_ENDPOINT") or None,
            "access_key": env.get("S3_ACCESS_KEY") or None,
            "secret_key": env.get("S3_ACCESS_SECRET") or None,
            "default_acl": None,  # whatever the bucket says; it must not be public
            "querystring_expire": 300,  # as long as our own addresses open
            "signature_version": "s3v4",
            "addressing_style": "path",  # at the endpoint itself: pages may load from there
        },
    }


CLIP_STORE = clip_store(os.environ)
# An S3 serves clips and their stills by itself: pages may load both from there.
S3_ENDPOINT = os.environ.get("S3_ENDPOINT", "")
S3_BUCKET = os.environ.get("S3_BUCKET", "")
CLIP_SOURCES = [S3_ENDPOINT] if S3_BUCKET and S3_ENDPOINT else []
