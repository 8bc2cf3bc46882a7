"""Tidying of the house itself; safe to run twice, safe to miss."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.db import connection


@shared_task
def forget_replies(**kwargs: Any) -> None:
    """Forget answers kept for an ``Idempotency-Key`` longer than seven days ago."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_kept_replies()")


@shared_task
def forget_tombstones(**kwargs: Any) -> None:
    """Forget which rows were deleted more than half a year ago; phones away longer start anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sync_forget()")
