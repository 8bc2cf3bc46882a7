"""Sessions whose keys are hashed at rest: a stolen table signs nobody in.

The key itself (cookie or phone token) has 165 bits of chance, so a plain keyed-less hash is enough;
20 bytes of BLAKE2b fit Django's 40-character column.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone


def hashed(key: str) -> str:
    """The form in which a session key is stored."""
    return hashlib.blake2b(key.encode(), digest_size=20).hexdigest()


class SessionStore(db.SessionStore):
    """Django's database sessions with the hash of the key in the key column."""

    def _get_session_from_db(self) -> Any:
        found = self.model.objects.filter(
            session_key=hashed(self.session_key or ""),
            expire_date__gt=timezone.now(),  # noqa: TID251
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str | None = None) -> bool:
        """Whether this key (given in the clear) signs somebody in."""
        return self.model.objects.filter(session_key=hashed(session_key or "")).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to store, with the hash for a key."""
        row = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Forget this session (key in the clear); the current one when none is given."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=hashed(key)).delete()
