"""What a form-check clip may be: how large, how long, and whether its first bytes are a video's."""

LARGEST = 200 * 1024 * 1024
LONGEST_SECONDS = 60
PER_CLIENT = 4 * 1024 * 1024 * 1024  # bytes a client may have waiting or kept
KINDS = ("video/mp4", "video/quicktime", "video/webm")
HEAD = 64

# The major brands of MP4 and QuickTime files that hold a video (ISO 14496-12; the MP4 registry).
_BRANDS = (b"isom", b"iso", b"mp4", b"avc", b"qt  ", b"M4V", b"3gp", b"3g2", b"dash", b"MSNV")
_EBML = b"\x1a\x45\xdf\xa3"


def container(head: bytes) -> str | None:
    """Which container a file's first bytes say it is: mp4, webm, or none that is taken.

    The name and the type that a phone claims are never believed: a program named .mp4 is none.
    """
    if head[:4] == _EBML and b"webm" in head[:HEAD]:
        return "webm"
    if head[4:8] == b"ftyp" and head[8:12].startswith(_BRANDS):
        return "mp4"
    return None
