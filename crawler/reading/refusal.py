"""The refusal of a page: it holds no article, and why."""


class NotAnArticle(Exception):
    """A page that holds no article, with the reason why.

    `reason` is one of a small closed set of words that reports count: `empty`, `not-html`, `mojibake`, `listing`,
    `product`, `live-tv`, `web-story`, `soft-404`, `consent-wall`, `no-headline`, `no-body`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
