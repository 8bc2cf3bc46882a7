"""What a page or an endpoint needs of the library, programs and rule books."""

from programs.queries.library import (
    LibraryRow,
    exercise,
    exercises,
    extras_in,
    library_for,
    library_of,
    library_row,
    library_with,
    notes_beside,
    own_beside,
    own_exercise,
    shown,
)
from programs.queries.programs import (
    coach_place,
    for_coach,
    program_document,
    programs,
    revision,
    revisions,
)
from programs.queries.rule_books import protocols_of, rule_book, rule_book_versions

__all__ = [
    "LibraryRow",
    "coach_place",
    "exercise",
    "exercises",
    "extras_in",
    "for_coach",
    "library_for",
    "library_of",
    "library_row",
    "library_with",
    "notes_beside",
    "own_beside",
    "own_exercise",
    "program_document",
    "programs",
    "protocols_of",
    "revision",
    "revisions",
    "rule_book",
    "rule_book_versions",
    "shown",
]
