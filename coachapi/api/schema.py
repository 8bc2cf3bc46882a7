"""The OpenAPI document: every operation named, every error a problem, no 3.0 leftovers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem document. `code` is stable; `detail` is for people.",
    "required": ["type", "title", "status", "detail", "code", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_ANY_CLIENT_ERROR = {
    "description": "Refused; nothing was stored.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class OpaqueToken(OpenApiAuthenticationExtension):
    """How a request is signed in, for the document."""

    target_class = "coachapi.accounts.tokens.TokenAuthentication"
    name = "bearerAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token without inner structure."""
        return {"type": "http", "scheme": "bearer", "description": "An opaque token."}


class Schema(AutoSchema):
    """Names operations after the view: ``TodayView.get`` is ``getToday``."""

    def get_operation_id(self) -> str:
        """verbNoun, stable whatever the path."""
        named = getattr(self.view, "operations", {}).get(self.method.lower())
        noun = type(self.view).__name__.removesuffix("View")
        return str(named or f"{self.method.lower()}{noun}")

    def get_tags(self) -> list[str]:
        """One tag an operation, named by the view's module."""
        return [type(self.view).__module__.rpartition(".")[2]]


def only_v1(endpoints: list[Any], **_: Any) -> list[Any]:
    """The document describes /v1/ and nothing else."""
    return [each for each in endpoints if each[0].startswith("/v1/")]


def mend(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the problem document as the answer of every refusal."""
    schemas = result["components"].setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"].setdefault("4XX", _ANY_CLIENT_ERROR)
    return result
