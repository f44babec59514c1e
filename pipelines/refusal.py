"""The refusal of an article: a drop with a reason that reports count."""

from scrapy.exceptions import DropItem


class Refusal(DropItem):
    """An article that is not exported. `reason` is one word of a small closed set; `detail` says which and why."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}", log_level="INFO")
        self.reason = reason
        self.detail = detail
