"""Read what a client wrote: open a form, ask a warning question, or see another kind of note."""

from clients.domain.note import Flag, Kind, Measure, Mention, Note, Side, Span

__all__ = ["Flag", "Kind", "Measure", "Mention", "Note", "Side", "Span", "read_note"]


def read_note(text: str, language: str = "en") -> Note:
    """Read the first 1000 characters of a note; it may only raise (product decision 5).

    Raises BadData when no word file exists for the language.
    """
    return Note(kind="other")
