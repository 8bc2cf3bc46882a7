"""The graph of a region on paper: as text for a terminal, as Mermaid for the documents."""

from programs.domain.exercise import PATTERNS, Library
from programs.domain.variation import Variation, variations


def as_text(library: Library, region: str) -> str:
    """What is easier than what for a region, pattern by pattern. Raises UnknownRegion."""
    lines = [f"Easier for {region}, harder lift first"]
    edges = variations(library, region)
    for pattern in PATTERNS:
        own = [edge for edge in edges if library[edge.source].pattern == pattern]
        if own:
            lines += ["", pattern]
        for source in dict.fromkeys(edge.source for edge in own):
            lines.append(f"  {source}")
            lines += [_line(edge) for edge in own if edge.source == source]
    return "\n".join(lines) + "\n"


def as_mermaid(library: Library, region: str) -> str:
    """The same graph as a Mermaid flowchart. Raises UnknownRegion."""
    lines = ["flowchart TD"]
    for edge in variations(library, region):
        load = "" if edge.ratio is None else f'|"x {_short(edge)}"|'
        lines.append(f"  {edge.source} -->{load} {edge.target}")
    return "\n".join(lines) + "\n"


def _line(edge: Variation) -> str:
    load = "load by calibration" if edge.ratio is None else f"load x {_short(edge)}"
    return f"    -> {edge.target}: {load}; {edge.reason} [{edge.mark}]"


def _short(edge: Variation) -> str:
    """The ratio to two places."""
    return f"{edge.ratio:.2f}"
