"""The plumbing of the coach's pages: base templates, the stylesheet, the signed-in view."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Owns no table; gives templates and static files a home."""

    name = "coachapi.dashboard"
    label = "dashboard"
