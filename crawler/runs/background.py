"""An event loop with Twisted's reactor, in a thread of its own, in which scripts and notebooks crawl."""

import asyncio
import threading
from concurrent.futures import Future
from functools import cache
from typing import Any

from scrapy.utils.reactor import is_reactor_installed

_lock = threading.Lock()


def background_loop() -> asyncio.AbstractEventLoop:
    """Return the loop; its thread starts with the first call, and ends with the process.

    A process has one reactor: raise RuntimeError if it runs in another loop.
    """
    with _lock:
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    if is_reactor_installed():
        raise RuntimeError(
            "this process has a Twisted reactor of its own: crawl with Newsroom(process, ...) in its loop, "
            "or call crawl(...) in a process without one"
        )
    loop: Future[asyncio.AbstractEventLoop] = Future()
    threading.Thread(target=_serve, args=(loop,), name="videsh", daemon=True).start()
    return loop.result()


def _serve(started: "Future[asyncio.AbstractEventLoop]") -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)

    async def start() -> None:
        try:
            start_reactor()
            started.set_result(loop)
        except BaseException as error:
            started.set_exception(error)
            raise

    task = loop.create_task(start())
    loop.run_forever()
    del task


def start_reactor() -> None:
    """Let the running event loop have Twisted's reactor, which serves connections and DNS; it starts at once.

    Raise RuntimeError if the process has a reactor in another loop, or if no loop is running.
    """
    from twisted.internet import asyncioreactor

    loop = asyncio.get_running_loop()
    if not is_reactor_installed():
        asyncioreactor.install(loop)  # type: ignore[no-untyped-call]
        _reactor_here().startRunning(installSignalHandlers=False)
    elif getattr(_reactor_here(), "_asyncioEventloop", None) is not loop:
        raise RuntimeError(
            "this process has a Twisted reactor in another event loop, and a process has one reactor: "
            "crawl in that loop, or in a new process"
        )


def _reactor_here() -> Any:
    from twisted.internet import reactor

    return reactor
