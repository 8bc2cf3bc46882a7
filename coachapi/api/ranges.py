"""Files of health: a single byte range as players ask for it, and headers that keep them close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

BLOCK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def ranged(request: HttpRequest, file: Any, *, content_type: str) -> HttpResponseBase:
    """The whole file, or the range asked for (RFC 9110 §14); 416 for one that it does not have."""
    size = file.size
    first, last = 0, size - 1
    asked = _RANGE.match(request.headers.get("Range", ""))
    if asked and any(asked.groups()):
        start, end = asked.groups()
        first = int(start) if start else max(0, size - int(end))
        last = min(int(end), size - 1) if start and end else size - 1
        if first > last:
            file.close()
            return _closed(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}))
    answer = StreamingHttpResponse(
        _Blocks(file, first, last - first + 1),
        status=206 if asked else 200,
        content_type=content_type,
    )
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(last - first + 1)
    if asked:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _closed(answer)


class _Blocks:
    """A stretch of a file, block by block; closed with the answer, read or not."""

    def __init__(self, file: IO[bytes], first: int, length: int) -> None:
        self.file, self.first, self.length = file, first, length
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.first)
        left = self.length
        while left > 0 and (block := self.file.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def _closed(answer: HttpResponseBase) -> HttpResponseBase:
    """Kept by nobody on the way, sniffed by nobody, and powerless if it were a page."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline"
    return answer
