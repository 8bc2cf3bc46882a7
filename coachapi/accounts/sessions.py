"""Sign-ins: Django's sessions in a table of ours, the key hashed, revoked by deleting the row.

The key itself (cookie or phone token) has 165 bits of chance, so a plain keyless hash is enough. A
phone's token never works as a cookie nor a cookie as a token: a key is looked up under the kind it
was made for. Using a sign-in pushes its end further out (``LASTS``), at most one write an hour.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now

from coachapi.accounts.models import SignIn, User

LASTS = dt.timedelta(days=60)  # unused for so long, a sign-in ends
UNFINISHED = dt.timedelta(hours=1)  # a sign-in that waits for its code or second factor
TOUCHED = dt.timedelta(hours=1)  # how exact "last seen" is


def hashed(key: str) -> str:
    """The form in which a session key is stored: 20 bytes of BLAKE2b."""
    return hashlib.blake2b(key.encode(), digest_size=20).hexdigest()


class SessionStore(SessionBase):
    """One sign-in. ``kind`` is "desk" for a browser's cookie, "phone" for an app's token."""

    def __init__(self, session_key: str | None = None, kind: str = SignIn.DESK) -> None:
        super().__init__(session_key)
        self.kind = kind

    def load(self) -> dict[str, Any]:
        """What this sign-in holds; nothing when it has ended. Being asked keeps it alive."""
        unused = ExpressionWrapper(Q(seen_at__lt=Now() - TOUCHED), BooleanField())
        standing = self._row().filter(kind=self.kind, expire_date__gt=Now())
        row = standing.annotate(is_stale=unused).first()
        if row is None:
            self._session_key = None
            return {}
        if row.is_stale:
            self._row().update(seen_at=Now(), expire_date=Now() + _lasts(row.user_id))
            self.modified = self.kind == SignIn.DESK  # sends the browser its cookie anew
        held: dict[str, Any] = self.decode(row.session_data)
        return held

    def exists(self, session_key: str | None = None) -> bool:
        """Whether this key (given in the clear) is taken."""
        return SignIn.objects.filter(session_key=hashed(session_key or "")).exists()

    def create(self) -> None:
        """Begin a session under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the session; one that somebody ended meanwhile stays ended (``UpdateError``)."""
        if self.session_key is None:
            self.create()
            return
        held: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        user_id = held.get(SESSION_KEY)
        columns = {
            "user_id": user_id,
            "kind": self.kind,
            "user_agent": held.get("user_agent", ""),
            "session_data": self.encode(held),
            "expire_date": Now() + _lasts(user_id),
        }
        if not must_create:
            if not self._row().update(**columns):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                SignIn.objects.create(session_key=hashed(self.session_key), **columns)
        except IntegrityError as taken:
            raise CreateError from taken

    def cycle_key(self) -> None:
        """A new key for the same sign-in: its row, and what hangs on it, stays."""
        held = self._session  # type: ignore[attr-defined]
        before = self.session_key
        if before is None:
            self.create()
        else:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            renamed = SignIn.objects.filter(session_key=hashed(before))
            if not renamed.update(session_key=hashed(self._session_key)):
                self.create()
        self._session_cache = held
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        """End this sign-in (key in the clear); the current one when none is given."""
        key = session_key or self.session_key
        if key:
            SignIn.objects.filter(session_key=hashed(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Forget every sign-in whose time is up."""
        SignIn.objects.filter(expire_date__lte=Now()).delete()

    def _row(self) -> Any:
        return SignIn.objects.filter(session_key=hashed(self.session_key or ""))


def _lasts(user_id: Any) -> dt.timedelta:
    return LASTS if user_id else UNFINISHED


def begin(user: User, kind: str = SignIn.PHONE) -> str:
    """Sign a user in without asking for a password (the demo, tests); returns the key."""
    session = SessionStore(kind=kind)
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
