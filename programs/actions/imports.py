"""A program out of a spreadsheet: looked at first, written as any other program is."""

from __future__ import annotations

import datetime as dt
from importlib import resources

from coachapi.accounts.models import Coach, User
from programs import models, queries
from programs.actions import programs
from programs.domain.document import to_json
from programs.domain.exercises import library
from programs.domain.sheet import SheetRead, read_sheet
from programs.spreadsheets.reading import grid_of

SAMPLE = "sample_program.csv"
UNNAMED = "Imported program"


def preview(*, place: Coach, sent: bytes, name: str = "") -> SheetRead:
    """What a file says, row by row; nothing is written. Raises a refusal for what is no sheet."""
    book = queries.library_for(place.practice_id)
    return read_sheet(grid_of(sent), name=name or UNNAMED, exercises=book)


def begin(*, place: Coach, by: User, at: dt.datetime) -> models.ProgramRevision:
    """A program out of the sample file, to begin from."""
    document = read_sheet(grid_of(sample()), name=UNNAMED, exercises=library()).document
    assert document is not None  # a test reads what ships
    return programs.write(place=place, raw=to_json(document), by=by, at=at)


def sample() -> bytes:
    """The sample file: the layout of docs/program-sheet.md, filled in."""
    return resources.files("programs.domain").joinpath("data", SAMPLE).read_bytes()
