"""Today and the week: one request after sign-in, resolved, with the reason of every change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.queries import phone
from coachapi.api.tags import tagged
from coachapi.api.views import CoachApiView, Input
from programs.api.library import MediaOut


class TargetOut(serializers.Serializer[Any]):
    """One set as asked for."""

    kind = serializers.CharField()
    reps_min = serializers.IntegerField(allow_null=True)
    reps_max = serializers.IntegerField(allow_null=True)
    seconds = serializers.IntegerField(allow_null=True)
    weight_kg = serializers.FloatField(allow_null=True)
    percent_e1rm = serializers.FloatField(allow_null=True)
    rir = serializers.FloatField(allow_null=True)
    amrap = serializers.BooleanField()


class ExerciseShownOut(serializers.Serializer[Any]):
    """An exercise with drawing and cues."""

    id = serializers.CharField()
    name = serializers.CharField()
    pattern = serializers.CharField()
    equipment = serializers.ListField(child=serializers.CharField())
    cues = serializers.ListField(
        child=serializers.CharField(), help_text="The practice's own, or those that ship."
    )
    media = MediaOut(many=True, help_text="Films and pictures that the practice shows with it.")
    faults = serializers.ListField(child=serializers.CharField())
    drawing = serializers.CharField(allow_null=True, help_text="None of an own exercise.")


class SetupOut(serializers.Serializer[Any]):
    """One thing to set up differently."""

    what = serializers.CharField()
    how = serializers.CharField()


class PrescriptionOut(serializers.Serializer[Any]):
    """What is done in a place of the session."""

    exercise = ExerciseShownOut(allow_null=True)
    line = serializers.CharField(help_text="The work sets in words.")
    sets = TargetOut(many=True)
    rest_seconds = serializers.IntegerField(allow_null=True)
    tempo = serializers.CharField(allow_null=True)
    superset = serializers.CharField(allow_null=True)
    note = serializers.CharField()
    cues = serializers.ListField(
        child=serializers.CharField(), help_text="For this place; they come before the exercise's."
    )
    media = MediaOut(many=True, help_text="For this place; before the exercise's.")
    range = serializers.CharField(allow_null=True)
    setup = SetupOut(many=True)
    checklist = serializers.CharField(allow_null=True)
    stop_rule = serializers.BooleanField(help_text="Stop the set when the position goes.")


class ChangeOut(serializers.Serializer[Any]):
    """A running change: what, why, until which review."""

    id = serializers.UUIDField()
    regression_id = serializers.UUIDField()
    title = serializers.CharField()
    because = serializers.CharField()
    since = serializers.DateField()
    until_review_on = serializers.DateField()


class ListedOut(serializers.Serializer[Any]):
    """An exercise the coach listed as a way out."""

    exercise_id = serializers.CharField()
    exercise = serializers.CharField()


class ItemOut(serializers.Serializer[Any]):
    """A place in a session, and why it differs from what was written."""

    slot = serializers.CharField()
    paused = serializers.BooleanField()
    prescription = PrescriptionOut(allow_null=True)
    was = serializers.CharField(allow_null=True)
    change = ChangeOut(allow_null=True)
    alternates = ListedOut(many=True, help_text="What the coach listed instead.")
    swapped = serializers.BooleanField(help_text="The client chose one of them.")
    hash = serializers.CharField(help_text="Send it back with each set of this place.")


class LoggedSetOut(serializers.Serializer[Any]):
    """A set already logged."""

    id = serializers.UUIDField()
    slot = serializers.CharField()
    exercise_id = serializers.CharField()
    set_index = serializers.IntegerField()
    kind = serializers.CharField()
    reps = serializers.IntegerField(allow_null=True)
    seconds = serializers.IntegerField(allow_null=True)
    weight = serializers.FloatField(allow_null=True)
    weight_unit = serializers.CharField()
    rir = serializers.FloatField(allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)
    rev = serializers.IntegerField()


class SessionShownOut(serializers.Serializer[Any]):
    """A dated session as it stands."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    date = serializers.DateField()
    state = serializers.CharField()
    paused = serializers.BooleanField()
    items = ItemOut(many=True)
    sets = LoggedSetOut(many=True)


class StopOut(serializers.Serializer[Any]):
    """An open stop; logging goes on."""

    report_id = serializers.UUIDField()
    level = serializers.CharField()
    words = serializers.CharField()


class PlaceOut(serializers.Serializer[Any]):
    """A region and side, with words."""

    region = serializers.CharField()
    side = serializers.CharField()
    words = serializers.CharField()


class FollowUpOut(serializers.Serializer[Any]):
    """A question that is due."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    about = serializers.UUIDField(allow_null=True)
    session_id = serializers.UUIDField(allow_null=True)
    session_on = serializers.DateField(allow_null=True)
    questions = serializers.ListField(child=serializers.CharField())
    places = PlaceOut(many=True)
    due_at = serializers.DateTimeField()


class ValuedPlaceOut(PlaceOut):
    """A place with its pain value."""

    value = serializers.IntegerField(allow_null=True)


class DecidedOut(serializers.Serializer[Any]):
    """What a coach did last with a report."""

    kind = serializers.CharField()
    at = serializers.DateTimeField()
    by = serializers.CharField()


class ReportChangeOut(serializers.Serializer[Any]):
    """The change a report led to."""

    title = serializers.CharField()
    because = serializers.CharField()
    until_review_on = serializers.DateField()
    since = serializers.DateTimeField()
    provisional = serializers.BooleanField(
        help_text="Used by the phone as allowed beforehand; no coach has confirmed it yet."
    )


class AlsoToldOut(serializers.Serializer[Any]):
    """Somebody besides the lead coach who has been told."""

    name = serializers.CharField()
    at = serializers.DateTimeField()


class ToldOut(serializers.Serializer[Any]):
    """How far a report has come, and what to do while nobody has looked."""

    state = serializers.ChoiceField(["sent", "delivered", "seen", "changed", "not_reached"])
    delivered_at = serializers.DateTimeField(
        allow_null=True, help_text="The first channel that interrupts took it, else the feed."
    )
    look_by = serializers.DateTimeField(
        allow_null=True,
        help_text="After this say `what_to_do`, also without signal; null once somebody looked.",
    )
    what_to_do = serializers.CharField(allow_blank=True)
    also_told = AlsoToldOut(many=True)
    contact_told_at = serializers.DateTimeField(allow_null=True)


class ReportOut(serializers.Serializer[Any]):
    """A report and what became of it: sent, seen, changed until."""

    id = serializers.UUIDField()
    sent_at = serializers.DateTimeField()
    performed_at = serializers.DateTimeField()
    level = serializers.CharField()
    words = serializers.CharField(help_text="What the client reads now.")
    places = ValuedPlaceOut(many=True)
    questions_now = serializers.ListField(child=serializers.CharField())
    questions_later = serializers.ListField(child=serializers.CharField())
    seen_at = serializers.DateTimeField(allow_null=True)
    seen_by = serializers.CharField(allow_null=True)
    told = ToldOut()
    decided = DecidedOut(allow_null=True)
    change = ReportChangeOut(allow_null=True)
    open = serializers.BooleanField()


class TodayOut(serializers.Serializer[Any]):
    """Today, the coming week, questions due and reports, in one document."""

    date = serializers.DateField()
    time_zone = serializers.CharField()
    unit = serializers.CharField()
    moves = serializers.CharField(
        help_text="What the client may do without asking: strict, week or free."
    )
    stop = StopOut(allow_null=True)
    sessions = SessionShownOut(many=True)
    coming = SessionShownOut(many=True)
    changes = ChangeOut(many=True)
    follow_ups = FollowUpOut(many=True)
    reports = ReportOut(many=True)
    unread_messages = serializers.IntegerField()
    unread_notifications = serializers.IntegerField()
    notice = serializers.CharField()


class TodayView(CoachApiView):
    """The phone's first screen."""

    @extend_schema(responses={200: TodayOut, 304: None}, operation_id="getToday")
    def get(self, request: Request) -> Response:
        """Today and the coming week; ETag answers 304 when nothing changed."""
        body = phone.today(self.user, at=self.now())
        return tagged(request, TodayOut(body).data)


class WeekIn(Input):
    """From which day, and how many days (28 at most)."""

    first = serializers.DateField(allow_null=True, default=None)
    days = serializers.IntegerField(min_value=1, max_value=28, default=7)

    def validate_first(self, value: dt.date | None) -> dt.date | None:
        """The calendar ends with the year 9999."""
        if value is not None and value.year == dt.MAXYEAR:
            raise serializers.ValidationError(f"{value} is too far ahead. Accepted: before 9999.")
        return value


class WeekOut(serializers.Serializer[Any]):
    """A span of resolved sessions."""

    sessions = SessionShownOut(many=True)
    changes = ChangeOut(many=True)


class WeekView(CoachApiView):
    """The sessions of some days."""

    @extend_schema(
        responses={200: WeekOut, 304: None},
        operation_id="getWeek",
        parameters=[
            OpenApiParameter("from", dt.date, description="The first day; today when absent."),
            OpenApiParameter("days", int, description="1 to 28; 7 when absent."),
        ],
    )
    def get(self, request: Request) -> Response:
        """The sessions as they stand, each change with its reason."""
        query = request.query_params
        sent = self.read(WeekIn, {"first": query.get("from") or None, "days": query.get("days", 7)})
        body = phone.week(self.user, **sent, at=self.now())
        return tagged(request, WeekOut(body).data)
