"""What a phone sends beside sets and reports …"""

from typing import Any

import pytest

from clients.domain.clips import container
from clients.domain.readiness import taps


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 52, "mp4"),
        (b"\x00\x00\x00\x14ftypqt  " + b"\x00" * 52, "mp4"),
        (b"\x1a\x45\xdf\xa3\x01\x00\x42\x82\x84webm" + b"\x00" * 40, "webm"),
        (b"\x1a\x45\xdf\xa3\x01\x00\x42\x82\x88matroska" + b"\x00" * 40, None),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 52, None),
        (b"#!/bin/sh\n", None),
        (b"", None),
    ],
)
def test_a_clip_is_known_by_its_first_bytes(head: bytes, kind: str | None) -> None:
    assert container(head) == kind


@pytest.mark.parametrize("wrong", [True, 0, 6, "3", 3.0, None])
def test_a_tap_is_a_whole_number_from_1_to_5(wrong: Any) -> None:
    assert taps({"mood": wrong, "sleep": 5, "luck": 3}) == {"sleep": 5}
    assert list(taps({"mood": 1, "sleep": 2})) == ["sleep", "mood"]
