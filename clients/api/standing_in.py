"""When a coach is away, and in which order the coaches of a practice stand in."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.domain.moments import local_date
from clients.queries import people
from coachapi.accounts import away
from coachapi.api.views import CoachApiView, Input


class AbsenceIn(Input):
    """The first and the last day, both included, on the coach's own wall."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()


class AbsenceOut(serializers.Serializer[Any]):
    """Days on which cover is told first, except of urgent and emergency: there both are."""

    absence_id = serializers.UUIDField(source="pk")
    first_on = serializers.DateField()
    last_on = serializers.DateField()


class AbsencesOut(serializers.Serializer[Any]):
    """What is not over yet, the next one first."""

    items = AbsenceOut(many=True)


class AbsencesView(CoachApiView):
    """The signed-in coach's own absences."""

    @extend_schema(responses=AbsencesOut, operation_id="listAbsences")
    def get(self, request: Request) -> Response:
        """Absences that run or are to come."""
        today = local_date(self.now(), self.user.time_zone)
        return Response(AbsencesOut({"items": away.absences(self.user, today=today)}).data)

    @extend_schema(request=AbsenceIn, responses={201: AbsenceOut}, operation_id="addAbsence")
    def post(self, request: Request) -> Response:
        """Be away: on those days cover is told first."""
        today = local_date(self.now(), self.user.time_zone)
        made = away.be_away(user=self.user, today=today, **self.read(AbsenceIn))
        return Response(AbsenceOut(made).data, status=201)


class AbsenceView(CoachApiView):
    """One absence."""

    @extend_schema(responses={204: None}, operation_id="removeAbsence")
    def delete(self, request: Request, absence_id: uuid.UUID) -> Response:
        """Take it back, before it or in the middle of it: you are told first again."""
        away.be_back(user=self.user, absence_id=absence_id)
        return Response(status=204)


class CovererOut(serializers.Serializer[Any]):
    """A coach of the practice."""

    coach_id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="user.name")


class RotaOut(serializers.Serializer[Any]):
    """The coaches of the practice in the order in which they stand in."""

    items = CovererOut(many=True)


class RotaIn(Input):
    """The order; whoever is not named comes after those who are, as before."""

    coach_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=500)


class RotaView(CoachApiView):
    """Who covers in which order. Only those who hold a client's cover are ever told of them."""

    @extend_schema(responses=RotaOut, operation_id="getRota")
    def get(self, request: Request) -> Response:
        """The order as it stands, for every coach of the practice."""
        place = people.coach_place(self.user)
        return Response(RotaOut({"items": away.rota(place.practice_id)}).data)

    @extend_schema(request=RotaIn, responses=RotaOut, operation_id="putRota")
    def put(self, request: Request) -> Response:
        """Order it; the owner's to do."""
        place = people.coach_place(self.user)
        order = self.read(RotaIn)["coach_ids"]
        made = away.order_rota(practice_id=place.practice_id, order=order, by=self.user)
        return Response(RotaOut({"items": made}).data)
