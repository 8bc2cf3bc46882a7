"""The base of every phone-API view: signed in, through the door, one transaction a request."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import ExitStack
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from coachapi import clock
from coachapi.accounts.models import User
from coachapi.api import app_gate, idempotency, pace
from coachapi.door import acting_as
from coachapi.models import KeptReply
from coachapi.refusals import Fault, Unreadable

FEW = 40  # words to choose from that a sentence may list


class Input(serializers.Serializer[Any]):
    """A body that refuses members it does not know, each with its pointer."""

    def to_internal_value(self, data: Any) -> Any:
        """The checked values; raises ``ValidationError`` naming every unknown member."""
        if isinstance(data, dict):
            unknown = set(data) - set(self.fields)
            if unknown:
                words = f"This member is not known here. Known: {', '.join(self.fields)}."
                raise serializers.ValidationError(
                    {key: [words] for key in sorted(unknown)}, code="unknown"
                )
        return super().to_internal_value(data)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The members; one with few words to choose from says which."""
        found = super().get_fields()
        for each in found.values():
            for field in (each, getattr(each, "child", None)):
                if isinstance(field, serializers.ChoiceField) and len(field.choices) <= FEW:
                    said = field.error_messages["invalid_choice"]
                    if said == serializers.ChoiceField.default_error_messages["invalid_choice"]:
                        accepted = ", ".join(map(str, field.choices))
                        said = f"“{{input}}” is not known. Accepted: {accepted}."
                        field.error_messages["invalid_choice"] = said
        return found


class CoachApiView(APIView):
    """Opens the door for the signed-in user after authentication; a refusal rolls all back."""

    request: Request
    # What a client says or logs is never turned away for being fast or for an old app.
    always_taken: ClassVar[frozenset[str]] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One transaction around the whole request; its answer kept for an Idempotency-Key."""
        self.standing: pace.Standing | None = None
        self.claimed: KeptReply | None = None
        with ExitStack() as door:
            self.door = door
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= 400 and transaction.get_connection().in_atomic_block:
                transaction.set_rollback(True)
            elif self.claimed is not None and isinstance(response, Response):
                idempotency.keep(self.claimed, response)
        response.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(response, ["Authorization", "X-Session-Token", "Accept-Language"])
        if self.standing is not None:
            for name, value in self.standing.headers().items():
                response.headers[name] = value
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate and permit, brake, then step through the door."""
        taken = str(request.method).lower() in self.always_taken
        if not taken:
            app_gate.check(request)
        super().initial(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        self.standing = pace.minute.count(request.user.pk)
        if self.standing.over and not taken:
            raise Throttled(wait=self.standing.resets_in)
        self.step_in(request.user.pk)
        self.claimed = idempotency.claim(request, user_id=request.user.pk, now=self.now)

    def step_in(self, user_id: uuid.UUID) -> None:
        """Through the door, for the whole request."""
        self._now = self.door.enter_context(acting_as(user_id))

    def handle_exception(self, exc: Exception) -> Response:
        """An answer given before is no exception but the answer."""
        if isinstance(exc, idempotency.Replayed):
            return exc.response()
        return super().handle_exception(exc)

    @property
    def user(self) -> User:
        """The signed-in user."""
        user = self.request.user
        assert isinstance(user, User)  # the permission has seen to it
        return user

    def now(self) -> dt.datetime:
        """The instant of this request, asked once."""
        if not hasattr(self, "_now"):
            self._now = clock.now()
        return self._now

    def read(self, serializer: type[Input], data: Any | None = None) -> dict[str, Any]:
        """The body, checked; raises a 422 with a pointer to each fault."""
        body = self.request.data if data is None else data
        if not isinstance(body, dict):
            raise Unreadable(
                "The body must be a JSON object.",
                faults=(Fault("#", "not_an_object", "Accepted: {…}."),),
            )
        form = serializer(data=body)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)


def created_or_same(body: Any, *, created: bool) -> Response:
    """201 for the first time, 200 for the same again."""
    return Response(body, status=201 if created else 200)
