"""docs/openapi.yaml as the judge of answers: compiled once, asked for every answer of the suite."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "openapi.yaml"
PROBLEM = "application/problem+json"
HERE = "urn:coachapi"
ADVICE = "Mend the serializer or @extend_schema of this view, then: make openapi."


@cache
def document() -> dict[str, Any]:
    """The document as committed; `make check` sees to it that it is what the code says."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with FILE.open() as text:
        return dict(yaml.load(text, Loader=loader))  # noqa: S506 - a safe loader, the fast one


@cache
def _routes() -> list[tuple[re.Pattern[str], str]]:
    """Each path as a pattern; those with fewer blanks come first, as Django would have it."""
    paths = sorted(document()["paths"], key=lambda path: (path.count("{"), path))
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path) + r"\Z"), path) for path in paths]


@cache
def _registry() -> Registry[Any]:
    """The schemas, closed: a member of an answer that no schema names is a fault."""
    schemas = json.loads(json.dumps(document()["components"]["schemas"]))
    for name, schema in schemas.items():
        if name != "Problem" and "properties" in schema:
            schema.setdefault("additionalProperties", False)
    whole = {"components": {"schemas": schemas}}
    return Registry().with_resource(HERE, Resource.from_contents(whole, DRAFT202012))


@cache
def _validator(path: str, method: str, status: str, kind: str) -> Draft202012Validator:
    answer = document()["paths"][path][method]["responses"][status]
    schema = answer.get("content", {}).get(kind, {}).get("schema", {})
    packed = json.dumps(schema).replace('"#/', f'"{HERE}#/')
    return Draft202012Validator(json.loads(packed), registry=_registry())


def route_of(path: str) -> str | None:
    """The documented path an address belongs to."""
    return next((route for pattern, route in _routes() if pattern.match(path)), None)


@lru_cache(maxsize=512)
def faults(method: str, path: str, status: int, kind: str, body: bytes) -> list[str]:
    """What the document does not say of an answer; nothing when it says all of it."""
    route, method = route_of(path), method.lower()
    if route is None or method not in document()["paths"][route]:
        return [] if status in (404, 405) else [f"This address is not in {FILE.name}. {ADVICE}"]
    responses = document()["paths"][route][method]["responses"]
    listed = str(status) if str(status) in responses else f"{status // 100}XX"
    if listed not in responses:
        return [f"{status} is not among {sorted(responses)}. {ADVICE}"]
    known = responses[listed].get("content", {})
    if not body:
        empty = not known or status == 304
        return [] if empty else [f"{status} has no body, the document says one. {ADVICE}"]
    if kind not in known:
        return [f"{status} came as {kind}, documented: {sorted(known) or 'no body'}. {ADVICE}"]
    if "json" not in kind:
        return []  # a spreadsheet or a picture: its kind is all the document says
    found = _validator(route, method, listed, kind).iter_errors(json.loads(body))
    return [f"at {each.json_path}: {each.message[:300]}. {ADVICE}" for each in found]
