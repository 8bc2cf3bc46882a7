"""The second factor: who has one, and its secrets, sealed at rest with keys of SECRET_KEY."""

from __future__ import annotations

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from coachapi.accounts.models import User


def is_on(user: User) -> bool:
    """Whether signing in asks this user for more than a password, or goes by passkey."""
    return bool(Authenticator.objects.filter(user=user).exists())


def _seal() -> MultiFernet:
    """The newest key seals; the fallbacks still open what they sealed."""
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(each)) for each in known])


def _key(secret: str) -> bytes:
    told_apart = hashlib.sha256(b"coachapi second factor\0" + secret.encode())
    return base64.urlsafe_b64encode(told_apart.digest())


class SecondFactor(DefaultMFAAdapter):
    """allauth's second factors with their secrets sealed at rest."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "coachapi"
