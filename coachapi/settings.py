"""The one settings file, read from the environment; a because beside every surprising value."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url

from coachapi.channel_settings import *  # noqa: F403 - e-mail, push, webhooks
from coachapi.clip_settings import *  # noqa: F403 - where films are kept
from coachapi.clip_settings import CLIP_SOURCES, CLIP_STORE
from coachapi.environ import flag as _flag
from coachapi.environ import number as _number
from coachapi.environ import words as _words
from coachapi.watch_settings import *  # noqa: F403 - logs, metrics, traces
from coachapi.work_settings import *  # noqa: F403 - Celery, its queues and beat

BASE_DIR = Path(__file__).resolve().parent.parent


DEBUG = _flag("DEBUG")
DEMO = _flag("DEMO")  # the demo's pages and clock exist only with this on; never in production
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY and (DEBUG or DEMO):
    SECRET_KEY = "demo-only-" + "k" * 50  # noqa: S105 - the demo holds nobody's data
SECRET_KEY_FALLBACKS = _words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = _words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG or DEMO else "")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "coachapi.dashboard.errors.not_from_here"

# Before real clients a clinician reads the rule set and signs its hash (product decision 11).
RULES_REVIEWED_BY = os.environ.get("RULES_REVIEWED_BY", "")
RULES_REVIEWED_ON = os.environ.get("RULES_REVIEWED_ON", "")
RULES_REVIEWED_HASH = os.environ.get("RULES_REVIEWED_HASH", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "coachapi",
    "coachapi.accounts",
    "coachapi.notifications",
    "coachapi.webhooks",
    "coachapi.dashboard",
    "programs",
    "clients",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "coachapi.watch.web.Watched",
    "coachapi.away.DatabaseAway",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coachapi.compression.Compression",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # pages are closed by default
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "coachapi.urls"
WSGI_APPLICATION = "coachapi.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Which of the three database logins this process uses (ruling 20).
PROCESS_ROLE = os.environ.get("PROCESS_ROLE", "web")
_ADDRESS = {
    "web": "DATABASE_URL",
    "worker": "WORKER_DATABASE_URL",
    "beat": "WORKER_DATABASE_URL",
    "migrate": "OWNER_DATABASE_URL",
}
if PROCESS_ROLE not in _ADDRESS:
    sys.exit(f"PROCESS_ROLE={PROCESS_ROLE!r} is not known. Accepted: {', '.join(_ADDRESS)}.")
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        os.environ.get(_ADDRESS[PROCESS_ROLE], "postgresql:///coach"),
        conn_health_checks=True,
    )
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # the door opens the transaction, with a name on it
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 5,
    # A database host that vanished without a word is noticed within 25 s, the length of a lease.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
if PROCESS_ROLE != "migrate":
    # A process that stops in the middle of a transaction must not hold its locks for ever.
    # And no statement here runs long enough to be worth compiling.
    DATABASES["default"]["OPTIONS"]["options"] = (
        "-c idle_in_transaction_session_timeout=60s -c jit=off"
    )
if PROCESS_ROLE == "web" and not _flag("NO_POOL"):
    # A fresh connection costs more than a whole request; the pool must not outnumber the server.
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": _number("DATABASE_POOL", 8),
        "timeout": 2,  # a restart of the database passes in that time; longer is a 503
        "reconnect_timeout": 5,  # give up early and begin anew, else the pool sleeps ever longer
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits count in PostgreSQL, so that losing Redis resets nothing (ruling 23). At the default
# of 300 entries somebody could push another's count out; an hourly task tidies instead.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "coachapi_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_ENGINE = "coachapi.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_NAME = "coach" if DEBUG or DEMO else "__Host-coach"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (DEBUG or DEMO)
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "coachapi.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Codes instead of links everywhere: an app has no address for a link, and nobody learns to click.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # an accepted invitation counts (accounts.addresses)
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True  # one address a person; the old one holds until the new is proved
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # a letter either way: the same work, so the same time
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Failures that an account bears, then those that an address may make: in this order one account
# under attack leaves the others at that address alone (delivery and security §3.4). Codes an
# account bears an hour, whatever sign-in they are tried in (accounts.wrong_codes).
ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key,10/m/ip", "wrong_code": "10/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _flag("BEHIND_PROXY") else 0  # whose address is limited
MFA_ADAPTER = "coachapi.accounts.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "coachapi"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
HEADLESS_ENABLED = True
HEADLESS_ONLY = False
HEADLESS_CLIENTS = ["app"]
HEADLESS_TOKEN_STRATEGY = "coachapi.accounts.tokens.TokenStrategy"
HEADLESS_FRONTEND_URLS: dict[str, str] = {}

# What GET /v1/me tells an app: versions below these must update, and which features are on.
MINIMUM_APP_VERSIONS = {
    "ios": os.environ.get("MINIMUM_IOS_VERSION", "1.0.0"),
    "android": os.environ.get("MINIMUM_ANDROID_VERSION", "1.0.0"),
}
STORE_URLS = {
    "ios": os.environ.get("IOS_STORE_URL", ""),
    "android": os.environ.get("ANDROID_STORE_URL", ""),
}
FEATURES = _words("FEATURES")
API_REQUESTS_PER_MINUTE = _number("API_REQUESTS_PER_MINUTE", 1200)  # of one user, in one process

SECURE_SSL_REDIRECT = not (DEBUG or DEMO)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("BEHIND_PROXY") else None
# Asked from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^health/deep$", r"^metrics$"]
SECURE_HSTS_SECONDS = 0 if DEBUG or DEMO else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN" if DEMO else "DENY"  # the demo shows phone and desk side by side
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *CLIP_SOURCES],
        "media-src": ["'self'", *CLIP_SOURCES],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-src": ["'self'" if DEMO else "'none'"],
        "frame-ancestors": ["'self'" if DEMO else "'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a report or a session is kilobytes

LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / ".data" / "static"))
WHITENOISE_USE_FINDERS = DEBUG or DEMO
STORAGES: dict[str, Any] = {
    "clips": CLIP_STORE,
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Where the demo's mail server keeps what it takes; its pages show it (coachapi.embedded.mailbox).
MAIL_FOLDER = Path(os.environ.get("MAIL_FOLDER", BASE_DIR / ".data" / "mail"))

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["coachapi.accounts.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["coachapi.api.parsers.StrictJSONParser"],
    "EXCEPTION_HANDLER": "coachapi.api.errors.problem",
    "DEFAULT_SCHEMA_CLASS": "coachapi.api.schema.Schema",
    "COERCE_DECIMAL_TO_STRING": False,
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is refused: docs/openapi.yaml says it all
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "coachapi",
    "DESCRIPTION": "A client says it hurts; the coach knows within seconds; the plan changes for a"
    " bounded time; the record shows whether it helped. Not watched round the clock; not medical"
    " advice.",
    "VERSION": "1",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/v1/",
    "SERVERS": [{"url": "/", "description": "This server"}],
    "POSTPROCESSING_HOOKS": ["coachapi.api.schema.mend"],
    "PREPROCESSING_HOOKS": ["coachapi.api.schema.only_v1"],
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
}
API_EXAMPLES = "clients.api.examples.EXAMPLES"  # what the document shows, by operation

# The ground floor finds who may be told about a client through this path (ruling 22).
RECIPIENTS = "clients.queries.people.recipients"
EMERGENCY_CONTACT = "clients.queries.people.emergency_contact"
ALERT_STEP = "clients.queries.turns.step"  # whom each step of an alert tells, over which channels

SILENCED_SYSTEM_CHECKS: list[str] = []
