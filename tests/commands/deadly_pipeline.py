"""A pipeline that ends its process, or keeps it busy, at pages whose URL asks for it."""

import os
import signal
import sys
import time

from crawler.items import Article


class DeadlyPipeline:
    def process_item(self, item: Article) -> Article:
        if "page-kill" in item.url:
            os.kill(os.getpid(), signal.SIGKILL)
        if "page-exit" in item.url:
            sys.exit("an exit in a pipeline")
        if "page-memory" in item.url:
            raise MemoryError("no room")
        if "page-slow" in item.url:
            time.sleep(0.05)
        return item
