"""The client's phone page: a shell and its files. All it knows it asks of the public API."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from clients.drawings.bodychart import CROP_OF_PATTERN, CROPS

FILES = "clients/phone"
RULES = "clients/rules"  # the same rules as the server's, for a phone without signal
PAGE = "clients/phone/page.html"
CHARTS = ("clients/bodychart-back.svg", "clients/bodychart-front.svg")


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The page itself; who is signed in is known to the phone only."""
    return render(request, PAGE, _context())


@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the page on its home screen."""
    start = reverse("phone")
    body = {
        "name": "Training",
        "short_name": "Training",
        "id": start,
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#f3f4f2",
        "theme_color": "#0b5c63",
        "icons": [
            {
                "src": static(f"{FILES}/icon.svg"),
                "sizes": "any",
                "type": "image/svg+xml",
                "purpose": "any maskable",
            }
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@login_not_required
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page on the phone; it changes when any of the files does."""
    names, version = _shell()
    files = [reverse("phone"), *(static(name) for name in names)]
    context = {"version": version, "files": json.dumps(files)}
    response = render(
        request, "clients/phone/sw.js", context, content_type="text/javascript; charset=utf-8"
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def shell_files() -> list[str]:
    """The static files of the page, as their names under /static/."""
    names = list(CHARTS)
    for where in (FILES, RULES):
        folder = finders.find(where)
        assert isinstance(folder, str)
        kept = {".js", ".css", ".svg"}
        names += [f"{where}/{each.name}" for each in Path(folder).iterdir() if each.suffix in kept]
    return sorted(names)


@cache
def _shell() -> tuple[list[str], str]:
    digest = hashlib.sha256(render_to_string(PAGE, _context()).encode())
    names = shell_files()
    for name in names:
        found = finders.find(name)
        assert isinstance(found, str)
        digest.update(Path(found).read_bytes())
    return names, digest.hexdigest()[:16]


def _context() -> dict[str, str]:
    crops = {name: [box.x, box.y, box.width, box.height] for name, box in CROPS.items()}
    return {"crops": json.dumps(crops), "patterns": json.dumps(dict(CROP_OF_PATTERN))}
