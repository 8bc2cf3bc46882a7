"""The OpenAPI document: every operation named, every error a problem, no 3.0 leftovers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
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
PARAMETERS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Best a UUID. The same request again within seven days is answered again"
        " (`Idempotency-Replayed: true`) and done once; another body under the key is a 422.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` at hand: 304 while nothing changed.",
        "schema": {"type": "string"},
    },
}
HEADERS = {
    "ETag": {
        "description": "Send it back as `If-None-Match`; of a resource it is the `rev`.",
        "schema": {"type": "string"},
    }
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

    def get_summary(self) -> str:
        """The first sentence of what the operation does."""
        return self.get_description().strip().partition("\n")[0].rstrip(".")

    def get_tags(self) -> list[str]:
        """One tag an operation, named by the view's module."""
        return [_tag(type(self.view).__module__)]


def _tag(module: str) -> str:
    """The module's own name; ``webhooks.api`` is about webhooks."""
    package, _, name = module.rpartition(".")
    return package.rpartition(".")[2] if name == "api" else name


def only_v1(endpoints: list[Any], **_: Any) -> list[Any]:
    """The document describes /v1/ and nothing else."""
    return [each for each in endpoints if each[0].startswith("/v1/")]


def mend(result: dict[str, Any], generator: Any = None, **_: Any) -> dict[str, Any]:
    """Problems, tags, headers and examples; and nothing left that a 3.1 reader stumbles over."""
    components = result["components"]
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["headers"] = HEADERS
    components.setdefault("parameters", {}).update(PARAMETERS)
    result["tags"] = list(_tags(generator))
    examples: dict[str, Any] = import_string(settings.API_EXAMPLES)
    for path in result["paths"].values():
        for method, operation in path.items():
            _mend_operation(method, operation, examples.get(operation["operationId"]))
    _without_leftovers(result)
    return result


def _tags(generator: Any) -> Iterator[dict[str, str]]:
    """Each tag with the first sentence of its module, or of each module that shares the name."""
    told: dict[str, list[str]] = {}
    for module in sorted({callback.cls.__module__ for *_, callback in generator.endpoints}):
        words = (sys.modules[module].__doc__ or "").strip().partition("\n\n")[0]
        told.setdefault(_tag(module), []).append(" ".join(words.split()))
    for name, sentences in sorted(told.items()):
        yield {"name": name, "description": " ".join(sentences)}


def _mend_operation(method: str, operation: dict[str, Any], example: Any) -> None:
    responses = operation["responses"]
    responses.setdefault("4XX", _problem("Refused; nothing was stored."))
    responses.setdefault("5XX", _problem("A fault of ours, or a moment of absence; try again."))
    wanted = []
    if method == "post" and operation.get("security") != [{}]:
        wanted.append("IdempotencyKey")
    if "304" in responses:
        wanted.append("IfNoneMatch")
        responses["200"].setdefault("headers", {})["ETag"] = _ref("headers", "ETag")
    if wanted:
        operation.setdefault("parameters", []).extend(_ref("parameters", each) for each in wanted)
    if example is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = example


def _problem(words: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _ref("schemas", "Problem")}}
    return {"description": words, "content": content}


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _without_leftovers(node: Any) -> None:
    """A choice of anything is anything; a default that its own pattern refuses is none."""
    if isinstance(node, list):
        for each in node:
            _without_leftovers(each)
    if not isinstance(node, dict):
        return
    if {} in (node.get("oneOf") or ()):
        del node["oneOf"]
    if node.get("default") == "" and "pattern" in node:
        del node["default"]
    for each in node.values():
        _without_leftovers(each)
