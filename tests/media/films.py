"""Films made here, so that none is kept in the repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg

SECRET = "kanari+52.5200+013.4050"  # a place, as phones write it into a film


def film(path: Path, *, seconds: float = 1, size: str = "320x480") -> Path:
    """A film with sound and a place in it."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error"]
    command += ["-f", "lavfi", "-i", f"testsrc=size={size}:rate=15:duration={seconds}"]
    command += ["-f", "lavfi", "-i", f"sine=duration={seconds}"]
    command += ["-metadata", f"location={SECRET}", "-metadata", f"title={SECRET}"]
    command += ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True)
    return path
