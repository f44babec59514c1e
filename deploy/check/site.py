"""The sites of all outlets on this machine, for crawls that deployments make: the pages and the publisher of the tests.

A crawl reaches them as it would reach a company's proxy: by `https_proxy` and `SSL_CERT_FILE`. Many of an outlet's
listings are missing there, so that a run with all its articles ends with exit code 3.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.site.pages import PAGES, site_of
from tests.site.publisher import Publisher


@contextmanager
def all_sites(folder: Path) -> Iterator[Publisher]:
    """Run the publisher."""
    outlets = [path.name for path in sorted(PAGES.iterdir()) if path.is_dir()]
    answers = {url: answer for name in outlets for url, answer in site_of(name).items()}
    with Publisher(answers, folder) as publisher:
        publisher.certificate.chmod(0o644)
        yield publisher
