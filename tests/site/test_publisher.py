"""The publisher of the tests: a busy machine must not look like a fault of a site."""

import socket
from contextlib import ExitStack
from pathlib import Path

from tests.site.publisher import Answer, Publisher


def test_a_hundred_connections_wait_for_a_publisher_that_is_busy(tmp_path: Path) -> None:
    publisher = Publisher({"https://www.lane.example/": Answer()}, tmp_path)

    with ExitStack() as opened:
        for _ in range(100):  # it accepts none of them yet
            opened.enter_context(socket.create_connection(("127.0.0.1", publisher.port), timeout=10))

    with publisher:
        pass
