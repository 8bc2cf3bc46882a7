"""Every address of the product, and the bench's own."""

from __future__ import annotations

from django.urls import path

from coachapi.urls import handler404, handler500, urlpatterns
from tests.bench.bare import BareReportView

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/<uuid:client_id>/<uuid:report_id>", BareReportView.as_view()),
    *urlpatterns,
]
