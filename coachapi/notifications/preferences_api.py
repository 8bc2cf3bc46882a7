"""How a person wants to be told, over the API."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.api.views import CoachApiView, Input
from coachapi.notifications import preferences
from coachapi.notifications.models import PASSES


class Loud(serializers.ListField):
    """The channels that interrupt; `push` is every device, and e-mail where there is none."""

    child = serializers.ChoiceField(list(preferences.LOUD))


class ChannelsIn(Input):
    """For each kind of news the channels that interrupt; a kind left out stays as it is."""

    reports = Loud(required=False)
    changes = Loud(required=False)
    messages = Loud(required=False)
    questions = Loud(required=False)
    technique = Loud(required=False)
    answers = Loud(required=False)


class PreferencesIn(Input):
    """Everything a person may choose about being told."""

    quiet_from = serializers.TimeField(allow_null=True, help_text="On the wall of your own zone.")
    quiet_to = serializers.TimeField(allow_null=True)
    passes = serializers.ChoiceField(
        list(PASSES), help_text="From this level on nothing waits; `modify+` is modify, high."
    )
    monitor_to_digest = serializers.BooleanField()
    digest_hour = serializers.IntegerField(min_value=0, max_value=23)
    channels = ChannelsIn()


class PreferencesView(CoachApiView):
    """The signed-in user's own preferences."""

    @extend_schema(responses=PreferencesIn, operation_id="getAlertPreferences")
    def get(self, request: Request) -> Response:
        """What holds now, defaults included."""
        return Response(PreferencesIn(preferences.of(self.user)).data)

    @extend_schema(
        request=PreferencesIn, responses=PreferencesIn, operation_id="putAlertPreferences"
    )
    def put(self, request: Request) -> Response:
        """Choose. Urgent and emergency never wait, whatever is chosen here."""
        made = preferences.choose(user=self.user, **self.read(PreferencesIn))
        return Response(PreferencesIn(made).data)


urlpatterns: list[Any] = [path("alert-preferences", PreferencesView.as_view())]
