"""The sites of all outlets on this machine, for crawls that deployments make: the pages and the publisher of the tests.

A crawl reaches them as it would a company's proxy: by `https_proxy` and `SSL_CERT_FILE`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.site.pages import PAGES, site_of
from tests.site.publisher import Answer, Publisher


@contextmanager
def all_sites(folder: Path, *, seconds: float = 0) -> Iterator[Publisher]:
    """Run the publisher; each answer takes some seconds."""
    answers = {url: answer for path in sorted(PAGES.iterdir()) if path.is_dir() for url, answer in _site(path)}
    with Publisher({url: replace(answer, seconds=seconds) for url, answer in answers.items()}, folder) as publisher:
        publisher.certificate.chmod(0o644)
        yield publisher


def _site(path: Path) -> list[tuple[str, Answer]]:
    return list(site_of(path.name).items())
