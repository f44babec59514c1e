"""The arguments of a spider are checked before the crawl; the error for an invalid one says what to write."""

import pytest
from scrapy.exceptions import UsageError

from spiders.arguments import read_arguments
from spiders.indiatv import IndiatvSpider

OUTLET = IndiatvSpider.outlet
PAGE = "https://www.indiatv.in/world/asia/nepal-bridge-2026-11-23-1184188"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ur": PAGE}, 'unknown argument "ur"; did you mean "url"?'),
        ({"only-new": "1"}, 'unknown argument "only-new"; did you mean "only_new"?'),
        ({"limits": "5"}, 'did you mean "limit"?'),
        ({"xyz": "5"}, "known: url, since, limit, force, only_new"),
        ({"name": "bbc_hindi"}, 'unknown argument "name"'),
        ({"url": "indiatv.in/world/a"}, "is not a web address"),
        ({"url": ""}, "is not a web address"),
        ({"url": "https://www.dw.com/hi/x/a-1"}, "is not a page of indiatv (www.indiatv.in"),
        ({"url": "https://www.indiatv.in.example.org/world/a"}, "is not a page of indiatv"),
        ({"url": "file:///etc/passwd"}, "is not a web address"),
        ({"since": "yesterday"}, "write it as 2024-06-01"),
        ({"since": "01-06-2024"}, "write it as 2024-06-01"),
        ({"since": "2024-13-01"}, "write it as 2024-06-01"),
        ({"since": "2124-01-01"}, "lies in the future"),
        ({"limit": "0"}, "a whole number from 1 up"),
        ({"limit": "-3"}, "a whole number from 1 up"),
        ({"limit": "ten"}, "a whole number from 1 up"),
        ({"limit": "1.5"}, "a whole number from 1 up"),
        ({"force": "maybe"}, "write force=1 or force=0"),
        ({"force": "1", "only_new": "1"}, "give one of the two"),
    ],
)
def test_a_wrong_argument_is_refused_with_what_would_be_right(given: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as refusal:
        read_arguments(given, OUTLET)

    assert message in str(refusal.value)


def test_right_arguments_are_read() -> None:
    arguments = read_arguments({"since": "2024-06-01", "limit": "50", "only_new": "yes"}, OUTLET)

    assert arguments.since is not None
    assert arguments.since.isoformat() == "2024-06-01T00:00:00+05:30"
    assert (arguments.limit, arguments.force, arguments.only_new, arguments.url) == (50, False, True, None)


def test_the_one_page_is_read_at_its_canonical_address_and_though_known() -> None:
    arguments = read_arguments({"url": PAGE.replace("www.", "m.") + "?utm_source=x"}, OUTLET)

    assert (arguments.url, arguments.force) == (PAGE, True)


def test_what_a_job_runner_adds_is_left_alone() -> None:
    assert read_arguments({"_job": "5f2c"}, OUTLET).limit is None


def test_the_spider_itself_refuses_too() -> None:
    with pytest.raises(UsageError, match="limit"):
        IndiatvSpider(limit="none")
