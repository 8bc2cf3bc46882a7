"""The web application as granian serves it."""

import os

from django.conf import settings
from django.core.checks import run_checks
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coachapi.settings")

if settings.TRACES:  # before the application reads its middleware; not imported otherwise
    from coachapi.watch import traces

    traces.start()

application = get_wsgi_application()

# A web server never runs manage.py, so what `check` refuses has to be refused here.
serious = [str(each) for each in run_checks() if each.is_serious()]
if serious:
    raise SystemCheckError("\n".join(serious))
