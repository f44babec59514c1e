"""An export that cannot be written, or that another process writes, is refused before it begins."""

from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

from crawler.exports.export import open_export
from crawler.store.store import DatabaseStore
from tests.exports.exporting import settings


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"EXPORTS": "gs://bucket/exports"}, "neither a folder nor s3://BUCKET/PREFIX"),
        ({"EXPORTS": "s3://"}, "neither a folder nor s3://BUCKET/PREFIX"),
        ({"EXPORTS": ""}, "EXPORTS is empty"),
        ({"EXPORTS": "/dev/null/exports"}, "/dev/null/exports: cannot be written"),
        ({"RUN_ID": "../../etc"}, "use letters, digits, dots and dashes only"),
        ({"EXPORT_SUFFIX": ".csv"}, "say one of .jsonl, .jsonl.gz, .jsonl.zst"),
    ],
)
def test_settings_of_an_export_that_cannot_be_written_are_refused_with_what_to_do(
    tmp_path: Path, store: DatabaseStore, given: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message.replace(".", r"\.").replace("/", "/")):
        open_export(settings(tmp_path, **given), store.outbox)


def test_a_run_that_another_process_writes_is_refused(tmp_path: Path, store: DatabaseStore) -> None:
    export = open_export(settings(tmp_path), store.outbox)

    with pytest.raises(UsageError, match="another process is writing this run"):
        open_export(settings(tmp_path), store.outbox)
    export.end("complete")
    export.release_locks()
