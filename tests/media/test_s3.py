"""Clips in an S3: they go up, are seen at its own signed address, and go when taken back."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from django.test import RequestFactory
from moto.server import ThreadedMotoServer

from clients.api.media import ClipView
from coachapi import checks
from coachapi.clip_settings import clip_store
from tests.media.test_uploads import Phone, clip, folders, made, phone, world
from tests.world import World

__all__ = ["clip", "folders", "phone", "world"]

KEYS = ("an-access-key", "an-access-secret")


@pytest.fixture
def bucket(settings: Any, folders: None) -> Iterator[Any]:
    """A bucket in a server that speaks S3 over HTTP, and the store as its environment sets it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    there = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEYS[0],
        aws_secret_access_key=KEYS[1],
    ).Bucket("clips")
    there.create()
    env = {"S3_BUCKET": "clips", "S3_ENDPOINT": endpoint}
    env |= {"S3_ACCESS_KEY": KEYS[0], "S3_ACCESS_SECRET": KEYS[1]}
    settings.STORAGES = settings.STORAGES | {"clips": clip_store(env)}
    yield there
    server.stop()


def test_a_clip_goes_up_is_served_by_a_signed_address_and_deleted(
    world: World, phone: Phone, clip: bytes, bucket: Any
) -> None:
    id_ = phone.announces(clip)
    phone.sends(id_, clip)
    row = made(world, id_)
    assert {each.key for each in bucket.objects.all()} == {row.clip, row.poster}
    shown = phone.state(id_)
    for url, begins in ((shown["clip_url"], b"ftyp"), (shown["poster_url"], b"\xff\xd8")):
        # An address of bytes and no operation of the API: openapi.yaml does not describe it.
        there = ClipView.as_view()(RequestFactory().get(url), token=url.rpartition("/")[2])
        assert there.status_code == 302
        signed = parse_qs(urlsplit(there["Location"]).query)
        assert signed["X-Amz-Expires"] == ["300"] and signed["X-Amz-Signature"]
        with urllib.request.urlopen(there["Location"], timeout=10) as answer:
            assert begins in answer.read(12)
    phone.api.ok("DELETE", f"/v1/media/{id_}")
    made(world, id_)
    assert list(bucket.objects.all()) == []
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(there["Location"], timeout=10)


def test_a_bucket_without_its_endpoint_is_refused_at_the_start(settings: Any) -> None:
    settings.S3_BUCKET, settings.S3_ENDPOINT = "clips", ""
    (no,) = checks.clips_have_an_address()
    assert "S3_ENDPOINT" in no.msg
    settings.S3_ENDPOINT = "https://s3.example"
    assert checks.clips_have_an_address() == []
