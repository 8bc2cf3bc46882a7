"""Signs of life: each part of the machinery writes when it last did its work."""

from __future__ import annotations

from django.db import connection


def beat(name: str) -> None:
    """Note, in the database's own time, that this part is working."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO coachapi_heartbeat (name, beat_at) VALUES (%s, clock_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at",
            [name],
        )


def take(name: str, *, after: float) -> bool:
    """Note it as done now, if nobody has within so many seconds: of all who ask, one may do it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO coachapi_heartbeat (name, beat_at) VALUES (%s, clock_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at"
            " WHERE coachapi_heartbeat.beat_at < clock_timestamp() - make_interval(secs => %s)",
            [name, after],
        )
        return bool(cursor.rowcount == 1)


def age(name: str) -> float | None:
    """Seconds since the last beat, or ``None`` when there was none."""
    return ages(name).get(name)


def ages(*names: str) -> dict[str, float]:
    """Seconds since the last beat of each that ever gave one. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, extract(epoch FROM clock_timestamp() - beat_at)"
            " FROM coachapi_heartbeat WHERE name = ANY (%s)",
            [list(names)],
        )
        return {name: float(seconds) for name, seconds in cursor.fetchall()}
