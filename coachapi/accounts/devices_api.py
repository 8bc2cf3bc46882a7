"""The signed-in user's devices over the API: what this one is, and how it may be pushed to."""

from __future__ import annotations

import re
import uuid
import zoneinfo
from collections.abc import Mapping
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coachapi.accounts import devices
from coachapi.accounts.models import Device
from coachapi.accounts.sessions import hashed
from coachapi.api.views import CoachApiView, Input, created_or_same

KINDS = {"fcm": ("token", "fid"), "apns": ("token",), "webpush": ("subscription",)}
ZONES = zoneinfo.available_timezones()


class KeysIn(Input):
    """The keys a browser made for its subscription."""

    p256dh = serializers.RegexField(r"^[A-Za-z0-9_-]{80,100}={0,2}$")
    auth = serializers.RegexField(r"^[A-Za-z0-9_-]{16,32}={0,2}$")


class SubscriptionIn(Input):
    """A browser's push subscription, as ``PushSubscription.toJSON()`` gives it."""

    endpoint = serializers.RegexField(r"^https?://[\x21-\x7e]{4,2000}$")
    expirationTime = serializers.JSONField(required=False, allow_null=True)
    keys = KeysIn()


class PushIn(Input):
    """How this device is reached: an FCM or APNs token, or a browser's subscription."""

    provider = serializers.ChoiceField(sorted(KINDS))
    kind = serializers.ChoiceField(["token", "fid", "subscription"], required=False)
    value = serializers.RegexField(r"^[\x21-\x7e]{1,2048}$", required=False)
    subscription = SubscriptionIn(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Provider, kind and what comes with them fit together."""
        provider = attrs["provider"]
        kind = attrs.setdefault("kind", KINDS[provider][0])
        if kind not in KINDS[provider]:
            words = f"With {provider} accepted: {', '.join(KINDS[provider])}."
            raise serializers.ValidationError({"kind": [words]})
        needed = "subscription" if provider == "webpush" else "value"
        if needed not in attrs:
            raise serializers.ValidationError({needed: [f"{provider} needs this."]})
        if provider == "apns" and not re.fullmatch(r"(?:[0-9a-fA-F]{2}){8,100}", attrs["value"]):
            raise serializers.ValidationError(
                {"value": ["Accepted: the device token as hexadecimal digits."]}
            )
        return attrs


class DeviceIn(Input):
    """A device as it is now; sent at every start of the app."""

    platform = serializers.ChoiceField(["ios", "android", "web"])
    model = serializers.CharField(max_length=80, default="", allow_blank=True)
    os_version = serializers.CharField(max_length=40, default="", allow_blank=True)
    app_version = serializers.CharField(max_length=40, default="", allow_blank=True)
    locale = serializers.RegexField(
        r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", max_length=35, default=""
    )
    time_zone = serializers.CharField(max_length=64, default="UTC")
    push = PushIn(required=False, allow_null=True)

    def validate_time_zone(self, value: str) -> str:
        """An IANA name that this machine knows."""
        if value not in ZONES:
            raise serializers.ValidationError(
                f"{value[:60]!r} is not an IANA time zone such as Europe/Berlin."
            )
        return value


class PushOut(serializers.Serializer[Any]):
    """How a device is reached; the token itself is never shown."""

    provider = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(
        ["live", "dead"], help_text="`dead`: the provider gave the token back; register again."
    )
    dead_at = serializers.DateTimeField(allow_null=True)


class DeviceOut(serializers.Serializer[Any]):
    """A device this user is signed in on."""

    installation_id = serializers.UUIDField()
    platform = serializers.CharField()
    model = serializers.CharField()
    os_version = serializers.CharField()
    app_version = serializers.CharField()
    locale = serializers.CharField()
    time_zone = serializers.CharField()
    push = PushOut(allow_null=True)
    registered_at = serializers.DateTimeField()
    refreshed_at = serializers.DateTimeField()
    is_current = serializers.BooleanField(help_text="Whether this request came from it.")


class DeviceListOut(serializers.Serializer[Any]):
    """The user's devices, the one used last first."""

    items = DeviceOut(many=True)


class _DeviceView(CoachApiView):
    @property
    def session_key(self) -> str:
        """The sign-in of this request, as it is stored."""
        session: Any = self.request.auth
        return hashed(session.session_key or "")

    def shown(self, device: Device) -> dict[str, Any]:
        """A device as the API shows it."""
        push = {
            "provider": device.push_provider,
            "kind": device.push_kind,
            "state": "dead" if device.dead_at else "live",
            "dead_at": device.dead_at,
        }
        row = {field.name: getattr(device, field.attname) for field in Device._meta.concrete_fields}
        row["push"] = push if device.push_provider else None
        row["is_current"] = device.session_key == self.session_key
        return DeviceOut(row).data


class DevicesView(_DeviceView):
    """Every device of the signed-in user."""

    @extend_schema(responses=DeviceListOut, operation_id="listDevices")
    def get(self, request: Request) -> Response:
        """The devices this user is signed in on."""
        return Response({"items": [self.shown(each) for each in devices.of(self.user)]})


class DeviceView(_DeviceView):
    """One device, by the id its installation minted."""

    @extend_schema(responses=DeviceOut, operation_id="getDevice")
    def get(self, request: Request, installation_id: uuid.UUID) -> Response:
        """The device as it was registered."""
        return Response(self.shown(devices.one_of(self.user, installation_id)))

    @extend_schema(
        request=DeviceIn, responses={200: DeviceOut, 201: DeviceOut}, operation_id="putDevice"
    )
    def put(self, request: Request, installation_id: uuid.UUID) -> Response:
        """Register this device, or refresh it; without ``push`` nothing is pushed to it.

        The device ends with the sign-in that registered it. A push token that was another user's
        moves here, and the other gets nothing any more.
        """
        sent = self.read(DeviceIn)
        push = sent.pop("push", None)
        device, created = devices.register(
            user=self.user,
            installation_id=installation_id,
            session_key=self.session_key,
            body=sent,
            push=push and address_of(push),
            at=self.now(),
        )
        return created_or_same(self.shown(device), created=created)

    @extend_schema(request=None, responses={204: None}, operation_id="deleteDevice")
    def delete(self, request: Request, installation_id: uuid.UUID) -> Response:
        """Forget this device and its push token at once."""
        devices.forget(user=self.user, installation_id=installation_id)
        return Response(status=204)


def address_of(push: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored of a checked ``PushIn``."""
    found = push.get("subscription")
    if found is None:
        return {"provider": push["provider"], "kind": push["kind"], "value": push["value"]}
    return {
        "provider": push["provider"],
        "kind": push["kind"],
        "value": found["endpoint"],
        "keys": dict(found["keys"]),
    }


urlpatterns = [
    path("devices", DevicesView.as_view()),
    path("devices/<uuid:installation_id>", DeviceView.as_view()),
]
