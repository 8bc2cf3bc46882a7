"""Which drawing is written to which static file; the pages serve the files, not the generator."""

from typing import get_args

from clients.drawings.bodychart import Outline, View, chart
from coachapi.drawings.sprite import sprite
from programs.drawings.exercises import drawing, drawing_ids

SUFFIX = {"broad_shoulders": "", "broad_hips": "-broad-hips"}


def drawn_files() -> dict[str, str]:
    """Give every drawing as text, by its path below the project's top folder."""
    files = {"coachapi/static/coachapi/sprite.svg": sprite()}
    for view in get_args(View):
        for outline in get_args(Outline):
            name = f"bodychart-{view}{SUFFIX[outline]}.svg"
            files[f"clients/static/clients/{name}"] = chart(view, outline)
    for each in drawing_ids():
        files[f"programs/static/programs/exercises/{each}.svg"] = drawing(each)
    return {path: f"{text}\n" for path, text in files.items()}
