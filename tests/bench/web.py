"""The product's web application with one address more: the bare insert it is compared with."""

from __future__ import annotations

from django.conf import settings

from coachapi.wsgi import application

__all__ = ["application"]

settings.ROOT_URLCONF = "tests.bench.urls"
