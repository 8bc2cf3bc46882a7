"""Makes a clip small and bare: 720 lines, H.264, no sound, no place, no maker's notes; and a still.

ffmpeg comes with a wheel (docs/adr/0014). It runs as a process of its own with a limit on time,
reads one file and no network, and what it cannot read is refused.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import imageio_ffmpeg

from clients.domain.clips import LONGEST_SECONDS

PATIENCE = 240  # seconds for one clip; below a task's hard limit
_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")


class Unusable(Exception):
    """Nothing can be made of it; ``code`` says why: unreadable, too_long, took_too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Made:
    """A clip and its still, in a folder that is gone afterwards."""

    clip: Path
    poster: Path
    seconds: Decimal


@contextmanager
def small_and_bare(source: Path) -> Iterator[Made]:
    """The clip made from a file. Raises ``Unusable``."""
    seconds = _length(source)
    if seconds > LONGEST_SECONDS:
        raise Unusable("too_long")
    with tempfile.TemporaryDirectory(prefix="clip-") as folder:
        clip, poster = Path(folder) / "clip.mp4", Path(folder) / "poster.jpg"
        # A second keyframe every half second: a coach steps through single frames.
        film = "-an -sn -dn -vf scale=-2:'min(720,ih)' -c:v libx264 -preset veryfast -crf 26"
        film += " -pix_fmt yuv420p -g 15 -movflags +faststart"
        bare = "-map 0:v:0 -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags:v +bitexact"
        _run(["-i", str(source), *bare.split(), *film.split(), str(clip)])
        _run(["-i", str(clip), "-frames:v", "1", "-q:v", "4", "-map_metadata", "-1", str(poster)])
        yield Made(clip, poster, seconds)


def _length(source: Path) -> Decimal:
    """How long a film is, as ffmpeg reads its head."""
    done = _ffmpeg(["-i", str(source)], patience=30)
    found = _DURATION.search(done.stderr)
    if found is None or "Video:" not in done.stderr:
        raise Unusable("unreadable")
    hours, minutes, seconds = found.groups()
    return Decimal(hours) * 3600 + Decimal(minutes) * 60 + Decimal(seconds)


def _run(arguments: list[str]) -> None:
    if _ffmpeg(arguments, patience=PATIENCE).returncode:
        raise Unusable("unreadable")


def _ffmpeg(arguments: list[str], *, patience: int) -> subprocess.CompletedProcess[str]:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-y"]
    command += ["-protocol_whitelist", "file", "-threads", "1", *arguments]
    try:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=patience, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise Unusable("took_too_long") from slow
