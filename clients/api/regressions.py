"""What a coach does with a running change: undo, end, extend, step up. Each a new row."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.actions import ladder, regressions
from clients.queries import coach_view
from coachapi.api.views import CoachApiView, Input


class EndIn(Input):
    """How a change ended."""

    outcome = serializers.ChoiceField(["settled", "failed", "referred", "withdrawn"])


class ExtendIn(Input):
    """The later review."""

    review_on = serializers.DateField()


class StepIn(Input):
    """One rung; ``anyway`` is the coach's reason when the rules still wait."""

    anyway = serializers.CharField(max_length=300, allow_blank=True, default="")


class RegressionView(CoachApiView):
    """A running change of a coached client."""

    def named(self, regression_id: uuid.UUID) -> dict[str, Any]:
        """What every act on it needs: whose it is, who acts, when."""
        return {
            "client": coach_view.client_of_regression(self.user, regression_id),
            "regression_id": regression_id,
            "by": self.user,
            "at": self.now(),
        }


class UndoView(RegressionView):
    """Taking a change back."""

    @extend_schema(request=None, responses={204: None}, operation_id="undoRegression")
    def post(self, request: Request, regression_id: uuid.UUID) -> Response:
        """Undo a change as if it had never been; not once a changed session was trained."""
        regressions.undo(**self.named(regression_id))
        return Response(status=204)


class KeepView(RegressionView):
    """Looking on day 7 and going on."""

    @extend_schema(request=None, responses={204: None}, operation_id="keepRegression")
    def post(self, request: Request, regression_id: uuid.UUID) -> Response:
        """Answer the day-7 question with "keep going"; the review stays where it is."""
        regressions.keep_going(**self.named(regression_id))
        return Response(status=204)


class EndView(RegressionView):
    """Ending a change."""

    @extend_schema(request=EndIn, responses={204: None}, operation_id="endRegression")
    def post(self, request: Request, regression_id: uuid.UUID) -> Response:
        """End a change from today's next unstarted session on, and say what it came to."""
        outcome = self.read(EndIn)["outcome"]
        regressions.end(outcome=outcome, **self.named(regression_id))
        return Response(status=204)


class ExtendView(RegressionView):
    """A later review."""

    @extend_schema(request=ExtendIn, responses={204: None}, operation_id="extendRegression")
    def post(self, request: Request, regression_id: uuid.UUID) -> Response:
        """Set a later review, once and by 14 days at most."""
        review_on = self.read(ExtendIn)["review_on"]
        regressions.extend(review_on=review_on, **self.named(regression_id))
        return Response(status=204)


class StepView(RegressionView):
    """The next rung of the ladder."""

    @extend_schema(request=StepIn, responses={204: None}, operation_id="stepRegression")
    def post(self, request: Request, regression_id: uuid.UUID) -> Response:
        """Move one rung as the rules say, or with a reason although they say wait."""
        anyway = self.read(StepIn)["anyway"]
        ladder.step(anyway=anyway, **self.named(regression_id))
        return Response(status=204)
