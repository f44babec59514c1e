"""Which tests of the store run over PostgreSQL in `make test` (the others are `soak`), and where they store."""

from typing import Any

import pytest

_DEAR = ("test_tables", "test_hosts", "test_storybook", "test_copying")
"""Files whose tests over PostgreSQL cost a second and more; their statements are those of SQLite."""
_EVERY_DAY = (
    "test_all_tables_of_a_store_arrive_and_records_are_numbered_on[postgresql-sqlite]",
    "test_an_interrupted_copy_goes_on_and_is_no_store_until_its_end[postgresql]",
    "test_a_revised_text_gives_the_same_stories_as_if_it_had_been_the_first_edition[postgresql-all]",
    "test_listings_and_their_counts_are_stored[postgresql]",
    "test_a_rest_outlives_the_handle_that_stored_it_and_ends_in_time[postgresql]",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        is_dear = item.path.stem in _DEAR and "postgresql" in item.name
        if is_dear and item.name not in _EVERY_DAY:
            item.add_marker(pytest.mark.soak)


@pytest.fixture
def fresh(postgres: Any) -> str:
    """Return the address of a store in PostgreSQL that does not exist yet."""
    address: str = postgres.fresh()
    return address
