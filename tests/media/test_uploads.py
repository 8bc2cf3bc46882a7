"""A clip …"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import subprocess
from collections.abc import Generator
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
from django.conf import settings
from django.core import signing
from django.core.files.storage import storages
from django.http import HttpResponse
from django.test import Client

from clients import models
from clients.actions import media
from clients.queries import media as held
from clients.queries import people
from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.ids import new_id
from tests.media.films import SECRET, film
from tests.world import World, client_api

TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One second of film."""
    return film(tmp_path_factory.mktemp("film") / "lift.mp4").read_bytes()


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[None, None, None]:
    """Pieces and clips of this test alone."""
    monkeypatch.setattr(settings, "UPLOAD_FOLDER", tmp_path / "uploads")
    monkeypatch.setattr(storages["clips"], "_location", str(tmp_path / "clips"), raising=False)
    store = storages["clips"]
    for name in ("base_location", "location"):
        store.__dict__.pop(name, None)
    yield
    for name in ("base_location", "location"):
        store.__dict__.pop(name, None)


class Phone:
    """Noor's phone, which announces a film and sends it in pieces."""

    def __init__(self, user: User) -> None:
        self.api = client_api(user)
        self.browser = Client(headers={"authorization": f"Bearer {self.api.token}"})

    def announces(self, data: bytes, **more: Any) -> str:
        id_ = str(new_id())
        body = {
            "exercise_id": "ht_barbell",
            "content_type": "video/mp4",
            "size_bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        self.api.ok("PUT", f"/v1/media/{id_}", body | more)
        return id_

    def offset(self, id_: str) -> int:
        answer = self.browser.head(f"/v1/uploads/{id_}", headers=TUS)
        assert answer["Cache-Control"] == "no-store"
        return int(answer["Upload-Offset"])

    def sends(self, id_: str, data: bytes, at: int = 0, **headers: str) -> HttpResponse:
        answer: HttpResponse = self.browser.patch(
            f"/v1/uploads/{id_}",
            data,
            content_type="application/offset+octet-stream",
            headers={**TUS, "Upload-Offset": str(at), **headers},
        )
        return answer

    def state(self, id_: str) -> dict[str, Any]:
        shown: dict[str, Any] = self.api.ok("GET", f"/v1/media/{id_}")
        return shown


@pytest.fixture
def world(opened_world: World, db: None) -> World:
    return opened_world


@pytest.fixture
def phone(world: World) -> Phone:
    assert world.noor.user is not None
    return Phone(world.noor.user)


def made(world: World, id_: str) -> models.Media:
    """What a worker makes of it."""
    media.make(media_id=id_, client_id=world.noor.pk)  # type: ignore[arg-type]
    with acting_as(world.noor.user_id):
        return models.Media.objects.get(pk=id_)


def test_is_sent_in_pieces_made_small_and_bare_and_seen_by_the_coach(
    world: World, phone: Phone, clip: bytes, tmp_path: Path
) -> None:
    id_ = phone.announces(clip, session_id=str(world.session(world.noor).pk))
    half = len(clip) // 2
    assert phone.sends(id_, clip[:half])["Upload-Offset"] == str(half)
    assert phone.offset(id_) == half
    assert phone.sends(id_, clip[half:], at=half).status_code == 204
    assert phone.state(id_)["state"] == "processing"
    row = made(world, id_)
    assert (row.state, row.seconds) == ("ready", 1)
    assert not held.part(row.pk).exists()
    kept = (tmp_path / "clips" / row.clip).read_bytes()
    assert SECRET.encode() in clip and SECRET.encode() not in kept
    probe = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", tmp_path / "clips" / row.clip]
    said = subprocess.run(probe, capture_output=True, text=True, check=False).stderr
    assert "Video: h264" in said and "Audio" not in said
    shown = phone.state(id_)
    whole = phone.browser.get(shown["clip_url"])
    assert whole.status_code == 200 and b"".join(whole) == kept  # type: ignore[arg-type]
    part = phone.browser.get(shown["clip_url"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 10-19/{len(kept)}")
    assert b"".join(part) == kept[10:20]  # type: ignore[arg-type]
    with acting_as(world.ada.pk):
        assert [each.pk for each in held.of_coach(world.ada)] == [row.pk]


def test_is_shown_to_nobody_else_and_for_five_minutes(
    world: World, phone: Phone, clip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = phone.announces(clip)
    phone.sends(id_, clip)
    row = made(world, id_)
    with acting_as(world.bo.pk):
        assert list(held.of_coach(world.bo)) == []
    address = held.address(row, "clip", user=world.ada)
    seen = Client().get(address)
    assert seen.status_code == 200  # the address itself is the permission
    assert b"".join(seen)  # type: ignore[arg-type]
    stolen = held.address(row, "clip", user=world.bo)
    assert Client().get(stolen).status_code == 404  # and the database is asked again
    later = dt.timedelta(minutes=6).total_seconds()
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + later)
    assert Client().get(address).status_code == 404
    assert Client().get("/v1/clips/nonsense").status_code == 404


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"at": 7}, 409),
        ({"Tus-Resumable": "0.2.1"}, 412),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Checksum": "sha256 " + base64.b64encode(b"no").decode()}, 460),
        ({"Upload-Checksum": "md5 bm8="}, 400),
    ],
)
def test_piece_that_does_not_fit_is_refused_and_nothing_of_it_kept(
    phone: Phone, clip: bytes, how: dict[str, Any], status: int
) -> None:
    id_ = phone.announces(clip)
    answer = phone.sends(id_, clip[:100], **how)
    assert answer.status_code == status and answer["Tus-Version"] == "1.0.0"
    assert phone.offset(id_) == 0


def test_larger_than_announced_or_of_another_type_is_refused(phone: Phone, clip: bytes) -> None:
    id_ = phone.announces(clip)
    assert phone.sends(id_, clip + b"x").status_code == 413
    plain = phone.browser.patch(
        f"/v1/uploads/{id_}", clip, content_type="video/mp4", headers={**TUS, "Upload-Offset": "0"}
    )
    assert plain.status_code == 415


def test_with_a_wrong_checksum_begins_again(world: World, phone: Phone, clip: bytes) -> None:
    id_ = phone.announces(clip, sha256="0" * 64)
    assert phone.sends(id_, clip).status_code == 460
    assert (phone.state(id_)["state"], phone.offset(id_)) == ("pending", 0)


@pytest.mark.parametrize(
    "data", [b"MZ" + bytes(200), b"#!/bin/sh\nrm -rf /\n" * 20, b"<svg/>" * 20]
)
def test_that_is_a_program_named_mp4_is_refused_and_gone(phone: Phone, data: bytes) -> None:
    id_ = phone.announces(data)
    answer = phone.sends(id_, data)
    assert (answer.status_code, answer.json()["code"]) == (422, "media.not_a_video")
    assert phone.state(id_) | {"state": "failed", "failure": "not_a_video"} == phone.state(id_)


def test_that_only_begins_like_a_film_fails_and_holds_nothing_up(
    world: World, phone: Phone, clip: bytes
) -> None:
    broken = clip[:40] + bytes(400)
    id_ = phone.announces(broken)
    phone.sends(id_, broken)
    row = made(world, id_)
    assert (row.state, row.failure, row.clip) == ("failed", "unreadable", "")


def test_longer_than_a_minute_is_refused(world: World, phone: Phone, tmp_path: Path) -> None:
    long = film(tmp_path / "long.mp4", seconds=61, size="32x32").read_bytes()
    id_ = phone.announces(long)
    phone.sends(id_, long)
    assert made(world, id_).failure == "too_long"


def test_taken_back_is_seen_by_nobody_and_its_files_go(
    world: World, phone: Phone, clip: bytes, tmp_path: Path
) -> None:
    id_ = phone.announces(clip)
    phone.sends(id_, clip)
    row = made(world, id_)
    address = held.address(row, "clip", user=world.ada)
    phone.api.ok("DELETE", f"/v1/media/{id_}")
    assert Client().get(address).status_code == 404
    made(world, id_)
    assert list((tmp_path / "clips").iterdir()) == []


def test_needs_room(phone: Phone, clip: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.domain.clips.PER_CLIENT", len(clip))
    phone.announces(clip)
    body = {"exercise_id": "ht_barbell", "content_type": "video/mp4", "size_bytes": 1}
    body["sha256"] = "0" * 64
    answer = phone.api.send("PUT", f"/v1/media/{new_id()}", body)
    assert (answer.status_code, answer.json()["code"]) == (413, "media.no_room")


def test_may_be_begun_as_tus_does_and_given_up(phone: Phone, clip: bytes) -> None:
    id_ = phone.announces(clip)
    named = "media_id " + base64.b64encode(id_.encode()).decode()
    headers = {**TUS, "Upload-Length": str(len(clip)), "Upload-Metadata": named}
    begun = phone.browser.post("/v1/uploads", headers=headers)
    assert (begun.status_code, begun["Location"]) == (201, f"/v1/uploads/{id_}")
    asked = Client().options("/v1/uploads")
    assert asked.status_code == 204 and "termination" in asked["Tus-Extension"]
    assert phone.browser.delete(begun["Location"], headers=TUS).status_code == 204
    assert phone.browser.head(begun["Location"], headers=TUS).status_code == 404


def test_is_looked_at_line_by_line_with_a_reply(world: World, phone: Phone, clip: bytes) -> None:
    id_ = phone.announces(clip)
    phone.sends(id_, clip)
    made(world, id_)
    lines = ("gaze_forward", "chin_tuck", "ribs_down", "torso_level", "slight_ppt")
    with acting_as(world.ada.pk):
        row = held.for_coach(world.ada, models.Media.objects.get().pk)
        media.look(
            row=row,
            answers=dict.fromkeys(lines, True),
            reply="Ribs a little lower.",
            by=world.ada,
            at=row.at,
        )
    shown = phone.state(id_)
    assert shown["passed"] is True and shown["looked_at"]
    with acting_as(world.noor.user_id):
        noor = people.own_client(world.noor.user)  # type: ignore[arg-type]
        assert models.Message.objects.get(client=noor).text == "Ribs a little lower."
