"""Traces across web and workers for an OTLP collector, where one is configured; else not imported.

Only attributes of this list leave: a span says which route or task, how it went and how long.
"""

from __future__ import annotations

from collections.abc import Sequence

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status

ATTRIBUTES = {
    "http.method",
    "http.request.method",
    "http.route",
    "http.status_code",
    "http.response.status_code",
    "celery.action",
    "celery.state",
    "celery.task_name",
    "messaging.message.id",
}


class Bare(SpanExporter):
    """Hands spans on without whatever might speak of a person: addresses, arguments, errors."""

    def __init__(self, to: SpanExporter) -> None:
        self.to = to

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send copies that hold the listed attributes only."""
        return self.to.export([_bare(span) for span in spans])

    def shutdown(self) -> None:
        """End with the process."""
        self.to.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self.to.force_flush(timeout_millis)


def _bare(span: ReadableSpan) -> ReadableSpan:
    kept = {name: value for name, value in (span.attributes or {}).items() if name in ATTRIBUTES}
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=kept,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def start() -> None:
    """Trace this process; called after a worker has forked, since threads do not survive that."""
    provider = TracerProvider(resource=Resource.create({"service.name": "coachapi"}))
    provider.add_span_processor(BatchSpanProcessor(Bare(OTLPSpanExporter())))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument()
    CeleryInstrumentor().instrument()


def end() -> None:
    """Send what waits before the process goes."""
    provider = trace.get_tracer_provider()
    if isinstance(provider, TracerProvider):
        provider.shutdown()
