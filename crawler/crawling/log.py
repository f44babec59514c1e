"""What the log says of an article: its address, and not the whole of its text."""

from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult


class ArticleLogFormatter(LogFormatter):
    """Scrapy's log lines, with an article named in one line where Scrapy prints all of it."""

    def dropped(self, item: Any, *about: Any) -> LogFormatterResult:
        """Return the line for an article that a pipeline refused; the refusal names it."""
        return {**super().dropped(item, *about), "msg": "Dropped: %(exception)s"}

    def item_error(self, item: Any, *about: Any) -> LogFormatterResult:
        """Return the line for an article on which a pipeline broke; the traceback follows it."""
        return {**super().item_error(item, *about), "args": {"item": getattr(item, "url", item)}}
