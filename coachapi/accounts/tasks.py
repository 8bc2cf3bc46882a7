"""Housekeeping of sign-ins. Safe to run twice, safe to miss."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.db import connection

from coachapi.accounts.sessions import SessionStore


@shared_task
def tidy(**kwargs: Any) -> None:
    """Forget sign-ins and counted attempts whose time is up."""
    SessionStore.clear_expired()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM coachapi_cache WHERE expires <= clock_timestamp()")
