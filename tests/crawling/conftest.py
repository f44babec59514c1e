"""Which crawls run over PostgreSQL each day; `make scale-test` and the long tests run all."""

import pytest

_EVERY_DAY = (
    "test_an_article_that_answers_410_is_withdrawn_once_and_is_never_a_failure[postgresql]",
    "test_only_the_page_of_a_dead_process_counts_and_only_once[postgresql]",
    "test_a_listing_that_kills_again_after_its_rest_rests_for_another_day[postgresql]",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        is_here = item.path.parent.name == "crawling" and "postgresql" in item.name
        if is_here and item.name not in _EVERY_DAY:
            item.add_marker(pytest.mark.scale)
            item.add_marker(pytest.mark.soak)
