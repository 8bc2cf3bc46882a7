"""Who is signed in, and how a client comes in and takes consent back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import enrolment, leaving
from clients.api.fields import Zone
from clients.queries import people
from coachapi.accounts import confirming
from coachapi.api.views import CoachApiView, Input
from coachapi.refusals import NotThere


class CoachPlaceOut(serializers.Serializer[Any]):
    """A practice this user coaches in."""

    coach_id = serializers.UUIDField()
    practice = serializers.CharField()
    role = serializers.CharField()


class ClientPlaceOut(serializers.Serializer[Any]):
    """A practice this user is coached in."""

    client_id = serializers.UUIDField()
    practice = serializers.CharField()
    emergency_number = serializers.CharField(
        allow_blank=True, help_text="The ambulance in the practice's country, when we know it."
    )
    coaches = serializers.ListField(child=serializers.CharField())
    covered = serializers.BooleanField(help_text="Somebody is told when the first coach is away.")
    consents = serializers.ListField(child=serializers.CharField())
    emergency_contact = serializers.EmailField(
        allow_null=True, help_text="Whom we write to in an emergency that no coach answers."
    )
    unit = serializers.CharField()
    time_zone = serializers.CharField()


class MeOut(serializers.Serializer[Any]):
    """The signed-in user with every place."""

    user_id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    second_factor = serializers.BooleanField(help_text="A passkey or an authenticator app is on.")
    coaches_in = CoachPlaceOut(many=True)
    coached_in = ClientPlaceOut(many=True)
    minimum_app_versions = serializers.DictField(
        child=serializers.CharField(), help_text="By platform; an older app must be updated."
    )
    features = serializers.ListField(
        child=serializers.CharField(), help_text="What this server has switched on."
    )
    server_time = serializers.DateTimeField()


class LeaveIn(Input):
    """The password; not needed within five minutes of confirming who one is (reauthentication)."""

    password = serializers.CharField(max_length=128, required=False)


class MeView(CoachApiView):
    """The signed-in user."""

    operations = {"delete": "deleteMe"}

    @extend_schema(responses=MeOut, operation_id="getMe")
    def get(self, request: Request) -> Response:
        """Who is signed in, as a coach and as a client, and what the app should know first."""
        body = people.me(self.user) | {
            "minimum_app_versions": settings.MINIMUM_APP_VERSIONS,
            "features": settings.FEATURES,
            "server_time": self.now(),
        }
        return Response(MeOut(body).data)

    @extend_schema(request=LeaveIn, responses={204: None}, operation_id="deleteMe")
    def delete(self, request: Request) -> Response:
        """Delete the account: every access ends at once, records stay without a name."""
        sent = self.read(LeaveIn)
        confirming.check(request, password=sent.get("password"))
        leaving.leave(user=self.user, at=self.now())
        return Response(status=204)


class InviteIn(Input):
    """Whom to invite."""

    name = serializers.CharField(max_length=120)
    email = serializers.EmailField()
    time_zone = Zone()


class InviteOut(serializers.Serializer[Any]):
    """The link to hand over; it is shown once and works once, for 72 hours."""

    client_id = serializers.UUIDField()
    link = serializers.CharField()


class InvitationsView(CoachApiView):
    """Invitations a coach sends."""

    @extend_schema(request=InviteIn, responses={201: InviteOut}, operation_id="inviteClient")
    def post(self, request: Request) -> Response:
        """Write down a client and mint the link to hand over."""
        sent = self.read(InviteIn)
        place = people.coach_place(self.user)
        client, token = enrolment.invite(place=place, by=self.user, at=self.now(), **sent)
        return Response({"client_id": client.pk, "link": enrolment.link(token)}, status=201)


class TokenIn(Input):
    """An invitation's token, in the body so that no log keeps it."""

    token = serializers.CharField(max_length=100)


class OfferOut(serializers.Serializer[Any]):
    """What accepting means."""

    practice = serializers.CharField()
    coach = serializers.CharField()
    email = serializers.EmailField()
    client_name = serializers.CharField()
    consents = serializers.DictField(child=serializers.CharField())


CONSENT_TEXTS = {
    "coach_sees": "My coach, and the coach who covers, see what I log and report about my body.",
    "statistics": "My training outcomes are counted, without my name, to learn what helps.",
    "emergency_contact": "In an emergency my coach may tell the contact I name.",
}


class InvitationPreviewView(CoachApiView):
    """An invitation before it is accepted."""

    permission_classes = [AllowAny]

    @extend_schema(request=TokenIn, responses=OfferOut, operation_id="previewInvitation")
    def post(self, request: Request) -> Response:
        """Who invites, and who will see what."""
        offer = enrolment.preview(token=self.read(TokenIn)["token"], at=self.now())
        return Response(
            {
                "practice": offer.practice,
                "coach": offer.coach,
                "email": offer.email,
                "client_name": offer.client_name,
                "consents": CONSENT_TEXTS,
            }
        )


class AcceptIn(TokenIn):
    """The acceptance with what is agreed to."""

    password = serializers.CharField(max_length=128, min_length=10)
    consents = serializers.ListField(
        child=serializers.ChoiceField(sorted(CONSENT_TEXTS)), max_length=3
    )

    def validate_password(self, value: str) -> str:
        """Long enough and not a common one."""
        try:
            validate_password(value)
        except ValidationError as weak:
            raise serializers.ValidationError(weak.messages) from weak
        return value


class AcceptOut(serializers.Serializer[Any]):
    """The client's place; sign in with the invited address and the password."""

    client_id = serializers.UUIDField()
    email = serializers.EmailField()


class InvitationAcceptView(CoachApiView):
    """Accepting an invitation."""

    permission_classes = [AllowAny]

    @extend_schema(request=AcceptIn, responses={201: AcceptOut}, operation_id="acceptInvitation")
    def post(self, request: Request) -> Response:
        """Make the account (or bind the signed-in one) and record each consent."""
        sent = self.read(AcceptIn)
        client = enrolment.accept(
            token=sent["token"],
            password=sent["password"],
            purposes=sent["consents"],
            signed_in=self.user if request.user.is_authenticated else None,
            at=self.now(),
        )
        assert client.user is not None
        return Response({"client_id": client.pk, "email": client.user.email}, status=201)


class EmergencyContactIn(Input):
    """Whom to write to in an emergency that nobody answers; naming them is the consent."""

    email = serializers.EmailField(max_length=200)


class EmergencyContactView(CoachApiView):
    """The client's own emergency contact."""

    @extend_schema(
        request=EmergencyContactIn, responses={204: None}, operation_id="nameEmergencyContact"
    )
    def put(self, request: Request) -> Response:
        """Name them. Taken back with ``DELETE /v1/consents/emergency_contact``."""
        enrolment.name_emergency_contact(
            client=people.own_client(self.user),
            address=self.read(EmergencyContactIn)["email"],
            at=self.now(),
        )
        return Response(status=204)


class ConsentView(CoachApiView):
    """One consent of the signed-in client."""

    @extend_schema(request=None, responses={204: None}, operation_id="withdrawConsent")
    def delete(self, request: Request, purpose: str) -> Response:
        """Take a consent back; without ``coach_sees`` the coach's access ends at once."""
        if purpose not in CONSENT_TEXTS:
            raise NotThere
        client = people.own_client(self.user)
        enrolment.withdraw_consent(client=client, purpose=purpose, at=self.now())
        return Response(status=204)
