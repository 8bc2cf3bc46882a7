"""The sprite: seven level silhouettes and the icons of the pages, on a 16-unit grid (desk §2)."""

SYMBOLS: dict[str, str] = {}


def sprite() -> str:
    """Write the whole sprite as one SVG file of symbols."""
    raise NotImplementedError
