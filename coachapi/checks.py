"""Wrong configuration is refused at start, with a hint that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.utils.module_loading import import_string

from coachapi.notifications.channels.webpush import public_key

_APNS = ("APNS_KEY", "APNS_KEY_ID", "APNS_TEAM_ID", "APNS_TOPIC")


@register(deploy=False)
def secrets_are_set(**_: Any) -> list[CheckMessage]:
    """A server with real people has a secret of its own."""
    if len(settings.SECRET_KEY) >= 50:
        return []
    return [
        Error(
            "SECRET_KEY is missing or shorter than 50 characters.",
            hint="Copy .env.example to .env and set it; docker-compose.yml reads it from there.",
            id="coachapi.E001",
        )
    ]


@register
def recipients_resolve(**_: Any) -> list[CheckMessage]:
    """The dotted paths by which the ground floor finds recipients and their steps exist."""
    found: list[CheckMessage] = []
    for name in ("RECIPIENTS", "ALERT_STEP", "EMERGENCY_CONTACT"):
        try:
            import_string(getattr(settings, name))
        except ImportError as wrong:
            found.append(Error(f"{name} does not resolve: {wrong}", id="coachapi.E002"))
    return found


@register
def targets_are_public(**_: Any) -> list[CheckMessage]:
    """With real clients, what somebody typed in leads to the public internet only."""
    if settings.DEBUG or settings.DEMO or not settings.ALLOW_PRIVATE_TARGETS:
        return []
    return [
        Error(
            "ALLOW_PRIVATE_TARGETS is on: webhooks could reach this network's own machines.",
            hint="Leave it out; it is for the demo and for tests.",
            id="coachapi.E011",
        )
    ]


@register
def clips_have_an_address(**_: Any) -> list[CheckMessage]:
    """Pages load clips from the S3 that is named, and from nowhere else."""
    if not settings.S3_BUCKET or settings.S3_ENDPOINT:
        return []
    return [
        Error(
            "S3_BUCKET is set without S3_ENDPOINT: no page could show a clip.",
            hint="Name the endpoint, for example https://s3.eu-west-1.amazonaws.com.",
            id="coachapi.E014",
        )
    ]


@register
def push_is_set_up_whole(**_: Any) -> list[CheckMessage]:
    """A channel that is half set up would look as if it were on."""
    given = {name: getattr(settings, name) for name in _APNS}
    if not any(given.values()) or all(given.values()):
        return []
    missing = ", ".join(name for name, value in given.items() if not value)
    return [
        Error(
            f"APNs is set up in part; missing: {missing}.",
            hint="Set all four, or none.",
            id="coachapi.E012",
        )
    ]


@register
def push_key_is_one(**_: Any) -> list[CheckMessage]:
    """A key that is none would break every page of the desk."""
    if not settings.VAPID_PRIVATE_KEY:
        return []
    try:
        public_key(settings.VAPID_PRIVATE_KEY)
    except ValueError:
        return [
            Error(
                "VAPID_PRIVATE_KEY is not a key for Web Push.",
                hint="python manage.py vapid_key prints one.",
                id="coachapi.E013",
            )
        ]
    return []


@register(Tags.database)
def database_keeps_its_walls(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Refuse a login that could pass row-level security, and one that forgets commits."""
    if not databases or settings.PROCESS_ROLE == "migrate":
        return []
    found: list[CheckMessage] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls,"
            " EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            "  WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relowner = r.oid),"
            " current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off'"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        name, is_super, bypasses, owns, durable = cursor.fetchone()
    if is_super or bypasses or owns:
        found.append(
            Error(
                f"The database login {name!r} could pass row-level security.",
                hint="Use coach_app (web) or coach_worker (worker, beat); only migrations use"
                " coach_owner, through OWNER_DATABASE_URL and PROCESS_ROLE=migrate.",
                id="coachapi.E003",
            )
        )
    if not durable and not (settings.DEBUG or settings.DEMO):
        found.append(
            Error(
                "PostgreSQL runs with fsync or synchronous_commit off: an accepted report could"
                " vanish.",
                hint="Switch both on.",
                id="coachapi.E005",
            )
        )
    return found


@register(Tags.database)
def clock_is_true(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Only the demo may have a shifted clock (ruling 17)."""
    if not databases or settings.DEMO or settings.PROCESS_ROLE == "migrate":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM coachapi_demo_clock")
        shifted = cursor.fetchone()[0]
    if not shifted:
        return []
    return [
        Error(
            "This database has a demo clock; follow-ups and escalations would be wrong.",
            hint="Use another database, or delete the row of coachapi_demo_clock.",
            id="coachapi.E004",
        )
    ]


@register(Tags.database)
def sync_knows_its_cluster(
    *, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Phones' cursors are transaction ids: they mean something in one history of one cluster."""
    if not databases or settings.PROCESS_ROLE == "migrate":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT sync_origin() = origin FROM coachapi_sync_generation")
        same = cursor.fetchone()[0]
    if same:
        return []
    return [
        Error(
            "This database was restored or moved: the cursors that phones hold are not of it.",
            hint="Run `manage.py sync_generation` as the owner (PROCESS_ROLE=migrate); phones are"
            " sent everything once and lose nothing.",
            id="coachapi.E006",
        )
    ]
