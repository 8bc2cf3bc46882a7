"""Programs: what a coach authors, and the rules of the trade that need no client."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """The exercise library and program templates."""

    name = "programs"
