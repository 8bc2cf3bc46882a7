"""Reads JSON bodies strictly: no NaN, no doubled keys, no NUL bytes that the database refuses."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import JSONParser

DEEPEST = 40


class TooLarge(APIException):
    """The body is larger than any report or program can be."""

    status_code = 413
    default_code = "too_large"
    default_detail = "The body is too large."


class StrictJSONParser(JSONParser):
    """JSON as RFC 8259 has it; anything else is a 400 with a sentence."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body's value; raises ``ParseError`` saying what could not be read, or ``TooLarge``.

        Django's own limit holds only for bodies it reads itself; this one comes as a stream.
        """
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        raw = stream.read(largest + 1)
        if len(raw) > largest:
            raise TooLarge(f"The body is larger than {largest // 1024} KiB.")
        return read_json(raw)


class PushParser(JSONParser):
    """The same for a phone's push, which may come gzipped and may hold months of training."""

    largest = 8 * 1024 * 1024  # inflated; more than two years of sets

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The body's value; raises ``ParseError``, ``TooLarge``, or ``UnsupportedMediaType`` for
        an encoding that is neither gzip nor none."""
        encoding = (parser_context or {})["request"].headers.get("Content-Encoding", "identity")
        if encoding.lower() == "gzip":
            return read_json(self._inflated(stream))
        if encoding.lower() != "identity":
            raise UnsupportedMediaType(encoding, f"Content-Encoding {encoding!r}: send gzip.")
        return read_json(self._within(stream.read(self.largest + 1)))

    def _inflated(self, stream: IO[Any]) -> bytes:
        """What a gzipped body holds, read no further than the limit: a small bomb stays small."""
        inflate = zlib.decompressobj(wbits=31)
        try:
            raw = inflate.decompress(stream.read(self.largest + 1), self.largest + 1)
        except zlib.error as wrong:
            raise ParseError(f"The body is not gzip: {wrong}") from wrong
        if not inflate.eof and len(raw) <= self.largest:
            raise ParseError("The gzipped body ends too soon.")
        return self._within(raw)

    def _within(self, raw: bytes) -> bytes:
        if len(raw) > self.largest:
            raise TooLarge(f"The body holds more than {self.largest // 1024} KiB.")
        return raw


def read_json(raw: bytes | str) -> Any:
    """The value of a JSON text as RFC 8259 has it; raises ``ParseError`` with what is wrong."""
    try:
        body = json.loads(
            raw.decode("utf-8") if isinstance(raw, bytes) else raw,
            parse_constant=_refuse,
            parse_float=_finite,
            parse_int=_whole,
            object_pairs_hook=_without_doubles,
        )
    except RecursionError as deep:
        raise ParseError("The body is nested too deeply.") from deep
    except (UnicodeDecodeError, ValueError) as wrong:
        raise ParseError(f"The body is not JSON: {wrong}") from wrong
    if _depth(body) > DEEPEST:
        raise ParseError(f"The body is nested deeper than {DEEPEST} levels.")
    return _storable(body)


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not a JSON number")


def _whole(word: str) -> int:
    """Nothing that is counted here has more digits than a float can say."""
    if len(word) > 309:
        raise ValueError(f"{word[:40]}… is too large a number")
    return int(word)


def _finite(word: str) -> float:
    """A number that the database can hold: 1e400 would be read as infinity."""
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"{word[:40]} is too large a number")
    return number


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the member {key[:40]!r} stands twice")
        found[key] = value
    return found


def _depth(value: Any) -> int:
    deepest, heap = 0, [(value, 1)]
    while heap:
        one, level = heap.pop()
        deepest = max(deepest, level)
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        if level <= DEEPEST:
            heap += [(each, level + 1) for each in inside]
    return deepest


def _storable(value: Any) -> Any:
    """PostgreSQL holds neither NUL nor lone surrogates: both become U+FFFD, nothing is dropped."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_storable(key): _storable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_storable(each) for each in value]
    return value
