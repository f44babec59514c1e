"""What readers wrote under a report is no part of it."""

import pytest

from tests.reading.markup import BODY, FIRST, SECOND, THIRD, paragraphs, read, texts

READER = "यह बहुत अच्छी खबर है और मुझे लगता है कि सरकार को ऐसे काम और तेजी से करने चाहिए।"
THREAD = "".join(f"<li>{READER} {number}</li>" for number in range(6))


@pytest.mark.parametrize(
    "thread",
    [
        f"<details class='CommentBox'><summary>टिप्पणियां</summary><ul>{THREAD}</ul></details>",
        f"<h3>पाठकों की राय</h3><ul>{THREAD}</ul>",
        f"<h4>टिप्पणियां (12)</h4><ul>{THREAD}</ul>",
        f"<div id='comments'>{paragraphs(*[READER] * 8)}</div>",
        f"<h3>Leave a Reply</h3><p>{READER}</p>",
        f"<h2>4 Comments</h2><p><b>पाठक</b></p><p>{READER}</p>",
        f"<h3>4 टिप्पणियां</h3><ul>{THREAD}</ul>",
        f"<h3>4 thoughts on “वरुणपुर में आंधी”</h3><p>{READER}</p>",
        f"<h3>Join the conversation</h3><p>{READER}</p>",
        f"<div><p>प्रतिक्रियाएं (4)</p><div>{READER}</div></div>",
        f"<div><div itemprop='comment'><p>{READER}</p></div><div itemprop='comment'><p>{READER}</p></div></div>",
        f"<div><div itemscope itemtype='https://schema.org/Comment'><p>{READER * 4}</p></div></div>",
        f"<section aria-label='Comments'><p>{READER * 2}</p></section>",
    ],
)
def test_what_readers_wrote_is_no_report(thread: str) -> None:
    assert texts(read(paragraphs() + thread)) == BODY


def test_a_subhead_about_comments_is_no_thread() -> None:
    article = read(f"<p>{FIRST}</p><h3>मंत्री की टिप्पणी पर विवाद</h3>{paragraphs(SECOND, THIRD)}")

    assert texts(article) == [FIRST, "मंत्री की टिप्पणी पर विवाद", SECOND, THIRD]


def test_a_class_that_mentions_comments_around_the_whole_report_loses_nothing() -> None:
    assert texts(read(f"<div class='post has-comments'>{paragraphs()}</div>")) == BODY


def test_comments_are_known_by_their_links_to_reply() -> None:
    thread = "".join(
        f"<div class='resp'><b>पाठक {number}</b><span>3 घंटे पहले</span><p>{READER}</p><a href='#'>जवाब दें</a></div>"
        for number in range(3)
    )

    assert texts(read(f"{paragraphs()}<div class='responses'>{thread}</div>")) == BODY


def test_a_reply_that_is_no_link_marks_comments_too() -> None:
    thread = "".join(f"<div><b>पाठक {n}</b><p>{READER}</p><span>Like</span><span>Reply</span></div>" for n in range(3))

    assert texts(read(f"{paragraphs()}<div>{thread}</div>")) == BODY


@pytest.mark.parametrize("subhead", ["प्रतिक्रियाएं क्या रहीं", "टिप्पणी से मचा बवाल", "4 लोगों की राय"])
def test_a_subhead_about_opinions_ends_no_report(subhead: str) -> None:
    assert texts(read(f"<p>{FIRST}</p><h3>{subhead}</h3>{paragraphs(SECOND, THIRD)}")) == [
        FIRST,
        subhead,
        SECOND,
        THIRD,
    ]


def test_one_link_to_reply_costs_no_report() -> None:
    assert texts(read(f"<div>{paragraphs()}<a href='#'>जवाब दें</a></div>"))[:3] == BODY
