"""The rules are tried by what they say, never by how long they take."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
