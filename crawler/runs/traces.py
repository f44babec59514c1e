"""A finished run as OpenTelemetry spans: one of the run, and below it one of each outlet's crawl."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from crawler.runs.ended import Ended

if TYPE_CHECKING:  # an extra: pip install 'videsh[traces]'
    from opentelemetry.sdk.trace import TracerProvider

_LONGEST = 5
"""Seconds for which a run waits for the receiver of its spans."""
_SECOND = 1_000_000_000
"""A second in nanoseconds, the unit of spans."""


def otlp_provider() -> "TracerProvider":
    """Return a provider that exports spans by OTLP, to the address in OTEL_EXPORTER_OTLP_ENDPOINT.

    Raise UsageError if the extra is not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise UsageError("TRACES needs OpenTelemetry: pip install 'videsh[traces]'", print_help=False) from error
    provider = TracerProvider(resource=Resource.create({"service.name": "videsh"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=_LONGEST)))
    return provider


def trace_run(provider: "TracerProvider", report: Mapping[str, Any], outlets: Iterable[Ended], exit_code: int) -> None:
    """Make the spans of a finished run, and export them; a failed outlet's span has an error."""
    from opentelemetry.trace import Status, StatusCode, set_span_in_context

    tracer = provider.get_tracer("videsh")
    run = report["run"]
    began, ended = (int(datetime.fromisoformat(run[name]).timestamp() * _SECOND) for name in ("started", "ended"))
    attributes = {"videsh.run": run["id"], "videsh.exit_code": exit_code, **_numbers(report["totals"])}
    root = tracer.start_span("run", start_time=began, attributes=attributes)
    times = {each.outlet: _times(each, began, ended) for each in outlets}
    for name, outlet in report["outlets"].items():
        start, end = times.get(name, (began, ended))
        attributes = {"videsh.outlet": name, "videsh.state": str(outlet["state"]), **_numbers(outlet["outcomes"])}
        span = tracer.start_span(
            f"crawl {name}", context=set_span_in_context(root), start_time=start, attributes=attributes
        )
        for warning in report["warnings"]:
            if warning["outlet"] == name:
                span.add_event(warning["kind"], {"text": warning["text"]}, timestamp=end)
                if warning["fails"]:
                    span.set_status(Status(StatusCode.ERROR, warning["text"]))
        span.end(end)
    root.end(ended)
    provider.force_flush(_LONGEST * 1000)


def _numbers(counts: Mapping[str, Any]) -> dict[str, Any]:
    return {f"videsh.{name}": count for name, count in counts.items()}


def _times(outlet: Ended, began: int, ended: int) -> tuple[int, int]:
    """Return when a crawl began and ended in nanoseconds since 1970; those of the run if Scrapy did not note them."""
    start, end = (
        int(moment.astimezone(UTC).timestamp() * _SECOND) if moment is not None else default
        for moment, default in zip(outlet.times, (began, ended), strict=True)
    )
    return start, max(start, end)
