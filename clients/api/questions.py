"""The warning questions as data, so that a phone without signal can ask and answer them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clients.domain.client_words import client_words
from clients.domain.levels import Level
from clients.domain.questions import Bank, Question, bank
from coachapi.api.views import CoachApiView


class WarningQuestionOut(serializers.Serializer[Any]):
    """A warning question: what it accepts, what each answer means by itself, what opens it."""

    id = serializers.CharField()
    text = serializers.CharField()
    accepts = serializers.ListField(child=serializers.CharField())
    means = serializers.DictField(child=serializers.CharField())
    opens = serializers.ListField(child=serializers.CharField(), help_text='"U1", "H2=unsure".')


class WarningTileOut(serializers.Serializer[Any]):
    """A tile and the questions behind it."""

    id = serializers.CharField()
    title = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField())


class QuestionBookOut(serializers.Serializer[Any]):
    """Every warning question of this rule set; ask what ``report-form`` says is due."""

    version = serializers.CharField()
    tiles = WarningTileOut(many=True)
    questions = WarningQuestionOut(many=True)
    levels = serializers.DictField(
        child=serializers.CharField(), help_text="What the client reads at each level."
    )


class QuestionsView(CoachApiView):
    """The warning questions."""

    @extend_schema(responses={200: QuestionBookOut, 304: None}, operation_id="getQuestions")
    def get(self, request: Request) -> Response:
        """All questions; ETag answers 304 until the rule set changes."""
        book = bank()
        tag = f'W/"{book.digest[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers=headers)
        return Response(QuestionBookOut(_shown(book)).data, headers=headers)


def _shown(book: Bank) -> dict[str, Any]:
    return {
        "version": book.version,
        "tiles": [
            {"id": each.id, "title": each.title, "questions": each.questions}
            for each in book.tiles
        ],
        "questions": [_question(each) for each in book.questions.values()],
        "levels": {level.value: client_words(level.value) for level in Level},
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.text,
        "accepts": [reply.value for reply in question.accepted],
        "means": {reply.value: weight[0].value for reply, weight in question.weights.items()},
        "opens": sorted(question.opens),
    }
