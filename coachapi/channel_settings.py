"""Settings of the channels: e-mail, FCM, APNs, Web Push, webhooks (docs/adr/0011).

A channel without its settings is not used: a device of that provider is told by e-mail and feed.
"""

from __future__ import annotations

import os
from email.utils import parseaddr

import certifi

from coachapi.environ import flag, number

_DEMO = flag("DEMO")

# E-mail leaves by SMTP, or through a provider that anymail knows (postmark, mailgun, …), whose own
# settings are the variables that begin with ANYMAIL_.
EMAIL_PROVIDER = os.environ.get("EMAIL_PROVIDER", "smtp")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_PROVIDER == "smtp"
    else f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = number("EMAIL_TIMEOUT", 15)  # below the lease of 25 s: a hang is retried, not lost
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "coachapi@localhost")
ANYMAIL = {
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
    **{name[8:]: value for name, value in os.environ.items() if name.startswith("ANYMAIL_")},
}

# The service account of a Firebase project: its JSON, or the file that holds it.
FCM_CREDENTIALS = os.environ.get("FCM_CREDENTIALS", "")
FCM_URL = os.environ.get("FCM_URL", "https://fcm.googleapis.com").rstrip("/")

# Apple's signing key (its text, or the file that holds it), whose it is, and the app's bundle id.
APNS_KEY = os.environ.get("APNS_KEY", "")
APNS_KEY_ID = os.environ.get("APNS_KEY_ID", "")
APNS_TEAM_ID = os.environ.get("APNS_TEAM_ID", "")
APNS_TOPIC = os.environ.get("APNS_TOPIC", "")
APNS_URL = os.environ.get("APNS_URL", "https://api.push.apple.com").rstrip("/")

# Web Push for the desk: manage.py vapid_key makes one. Another key ends every subscription.
VAPID_PRIVATE_KEY = os.environ.get("VAPID_PRIVATE_KEY", "")
VAPID_SUBSCRIBER = os.environ.get("VAPID_SUBSCRIBER", parseaddr(DEFAULT_FROM_EMAIL)[1])

_SET_UP = {
    "fcm": bool(FCM_CREDENTIALS),
    "apns": all((APNS_KEY, APNS_KEY_ID, APNS_TEAM_ID, APNS_TOPIC)),
    "webpush": bool(VAPID_PRIVATE_KEY),
}
PUSH_CHANNELS = [name for name, ready in _SET_UP.items() if ready]

# The demo and tests may send to this machine; with real clients the server refuses to start so.
ALLOW_PRIVATE_TARGETS = flag("ALLOW_PRIVATE_TARGETS", _DEMO)
CA_FILE = os.environ.get("SSL_CERT_FILE") or certifi.where()
