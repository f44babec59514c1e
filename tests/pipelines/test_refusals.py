"""What is refused, with its reason: incomplete articles and duplicates of one run."""

import pytest

from crawler.items import Article, Block
from crawler.reasons import Refusal
from pipelines.duplicates import DuplicatesPipeline
from pipelines.validate import ValidatePipeline


def article(number: int, text: str, *, outlet: str = "indiatv", headline: str = "नदी पर पुल खुला") -> Article:
    body = [Block(kind="paragraph", text=text)] if text else []
    return Article(id=str(number), outlet=outlet, url=f"https://khabar.example/{number}", headline=headline, body=body)


def test_an_article_without_a_headline_is_refused() -> None:
    with pytest.raises(Refusal, match=r"no-headline: https://khabar\.example/1"):
        ValidatePipeline().process_item(article(1, "पुल खुल गया।", headline=" "))


def test_an_article_without_a_body_is_refused() -> None:
    with pytest.raises(Refusal, match=r"no-body: https://khabar\.example/1: 'नदी पर पुल खुला'"):
        ValidatePipeline().process_item(article(1, ""))


def test_a_complete_article_passes() -> None:
    complete = article(1, "पुल खुल गया।")

    assert ValidatePipeline().process_item(complete) is complete


def test_the_same_address_is_read_once_a_run() -> None:
    duplicates = DuplicatesPipeline()
    duplicates.process_item(article(1, "पुल खुल गया।"))

    with pytest.raises(Refusal, match="duplicate-address"):
        duplicates.process_item(article(1, "पुल बंद हो गया।"))


def test_the_same_text_is_read_once_an_outlet_and_run() -> None:
    duplicates = DuplicatesPipeline()
    duplicates.process_item(article(1, "पुल  खुल गया।"))

    with pytest.raises(
        Refusal, match=r"duplicate-text: https://khabar\.example/2: same text as https://khabar\.example/1"
    ):
        duplicates.process_item(article(2, "पुल खुल गया।"))


def test_the_same_text_in_another_outlet_is_no_duplicate() -> None:
    duplicates = DuplicatesPipeline()
    duplicates.process_item(article(1, "पुल खुल गया।"))
    other = article(2, "पुल खुल गया।", outlet="dw_hindi")

    assert duplicates.process_item(other) is other


def test_a_refused_duplicate_leaves_no_trace_that_refuses_others() -> None:
    duplicates = DuplicatesPipeline()
    duplicates.process_item(article(1, "पुल खुल गया।"))
    with pytest.raises(Refusal):
        duplicates.process_item(article(2, "पुल खुल गया।"))

    corrected = article(2, "पुल खुल गया है।")

    assert duplicates.process_item(corrected) is corrected
