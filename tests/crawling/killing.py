"""A pipeline for tests whose process dies on one article, as from a page that no reader survives."""

import os
import signal

from crawler.items import Article

MARK = "जानलेवा"


class KillingPipeline:
    def process_item(self, item: Article) -> Article:
        if any(MARK in block.text for block in item.body):
            os.kill(os.getpid(), signal.SIGKILL)
        return item
