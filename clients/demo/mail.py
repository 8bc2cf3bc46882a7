"""The mails of the demo, read from the folder where its mail server keeps them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as its reader sees it."""

    at: dt.datetime
    to: str
    subject: str
    text: str
    link: str


def latest(folder: Path) -> list[Mail]:
    """The newest messages first; none where nothing was sent yet."""
    files = sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]
    return [_read(each) for each in files]


def _read(file: Path) -> Mail:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    text = body.get_content().strip() if body else ""
    return Mail(
        at=dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC),
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        text=text,
        link=next((word for word in text.split() if word.startswith(("http://", "https://"))), ""),
    )
