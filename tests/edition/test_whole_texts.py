"""With --full-text, a newsroom's own edition has the whole texts, with marks; without it, none leaves the exports."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from crawler.edition.marked_text import TextMark, marked_text
from crawler.items import Block
from crawler.text.parts import Credit, Dateline
from tests.edition.editions import PLACES, all_text, built, exports, printed
from tests.edition.reading import opened

LEAD = "सियोल: नदी पर नया पुल खुल गया।"
SAID = "योनहाप ने बताया कि योनहाप के अनुसार पुल चार किलोमीटर लंबा है, एनएचके टीवी ने भी।"
TAIL = "लोगों ने नाव से जाना छोड़ दिया। (एपी)"

META = asdict(Credit(agency="ap", name="एपी", raw="एपी", where="meta"))


def record(**more: Any) -> dict[str, Any]:
    values = {
        "dateline": asdict(Dateline(raw="सियोल:", places=(PLACES["सियोल"],))),
        "credits": [asdict(Credit(agency="ap", name="एपी", raw="(एपी)", where="tail"))],
        "cited_media": ["yonhap"],
        "body": [asdict(Block(kind="paragraph", text=text)) for text in (LEAD, SAID, TAIL)],
        "text": f"{LEAD} {SAID} {TAIL} " + "आगे की बात। " * 60,
    }
    return printed("a", "पुल खुला") | values | more


def marks(found: dict[str, Any]) -> list[list[tuple[TextMark, str]]]:
    return [[segment for segment in segments if segment[0]] for _, segments in marked_text(found)]


def test_dateline_credit_and_quoted_media_are_marked_where_they_stand() -> None:
    assert marks(record()) == [
        [("dateline", "सियोल:")],
        [("cited", "योनहाप"), ("cited", "योनहाप")],
        [("credit", "(एपी)")],
    ]


def test_two_media_in_one_word_are_one_mark() -> None:
    said = "योनहाप/एनएचके ने बताया कि पुल लंबा है।"
    body = [asdict(Block(kind="paragraph", text=said))]

    assert marks(record(body=body, cited_media=["yonhap", "nhk"])) == [[("cited", "योनहाप/एनएचके")]]


@pytest.mark.parametrize("more", [{}, {"cited_media": ["yonhap", "nhk", "ap"]}, {"dateline": None, "credits": []}])
def test_segments_put_together_are_the_text(more: dict[str, Any]) -> None:
    texts = ["".join(text for _, text in segments) for _, segments in marked_text(record(**more))]

    assert texts == [LEAD, SAID, TAIL]


@pytest.mark.parametrize(
    "more",
    [
        {"dateline": None, "credits": [], "cited_media": []},
        {"body": []},
        {"dateline": asdict(Dateline(raw="लीमा:", places=())), "credits": [], "cited_media": ["kcna"]},
        {
            "dateline": None,
            "cited_media": [],
            "credits": [asdict(Credit(agency="ap", name="एपी", raw="एपी", where="meta"))],
        },
    ],
)
def test_nothing_is_marked_that_is_not_printed(more: dict[str, Any]) -> None:
    assert not any(marks(record(**more)))


def test_an_inline_credit_is_marked_where_it_first_stands() -> None:
    inline = asdict(Credit(agency="ap", name="एपी", raw="योनहाप", where="inline"))

    assert marks(record(credits=[inline], cited_media=[]))[1] == [("credit", "योनहाप")]


def test_without_the_option_no_text_beyond_the_lead_is_in_the_edition(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", record())

    text = all_text(built(root, tmp_path / "out"))

    assert "आगे की बात। आगे की बात।" in text  # of the first forty words
    assert "आगे की बात। " * 20 not in text
    assert "noindex" not in text


def test_with_the_option_every_page_asks_search_engines_to_leave_it_out(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", record())
    out = built(root, tmp_path / "out", "--full-text")

    pages = [path.read_text(encoding="utf-8") for path in out.glob("*.html")]
    assert len(pages) == 4
    assert all('<meta name="robots" content="noindex, nofollow">' in page for page in pages)
    (texts,) = out.glob("data/*-texts-*.js")
    assert "लोगों ने नाव से जाना छोड़ दिया। " in texts.read_text(encoding="utf-8")
    built(root, out)
    assert not list(out.glob("data/*-texts-*.js"))


@pytest.mark.foreign
@pytest.mark.soak
def test_a_text_opens_in_the_list_with_its_marks(browser: Any, tmp_path: Path) -> None:
    records = [record(id=f"a{number}", url=f"https://khabar.example/{number}") for number in range(120)]
    out = built(exports(tmp_path / "exports", *records), tmp_path / "out", "--full-text")

    with opened(browser, out / "2026-11-24.html", "#sort=old") as reader:
        reader.page.locator("#rows summary").first.click()
        text = reader.page.locator("#rows .text").first
        text.locator("mark").first.wait_for()

        assert text.inner_text().split("\n\n") == [LEAD, SAID, TAIL]
        assert text.locator("mark").all_inner_texts() == ["सियोल:", "योनहाप", "योनहाप", "(एपी)"]
        assert reader.logged == []


@pytest.mark.foreign
@pytest.mark.soak
def test_a_text_that_does_not_load_says_so_and_is_loaded_when_it_is_opened_again(browser: Any, tmp_path: Path) -> None:
    out = built(exports(tmp_path / "exports", record()), tmp_path / "out", "--full-text")
    (texts,) = out.glob("data/*-texts-*.js")
    texts.rename(tmp_path / "aside.js")

    with opened(browser, out / "2026-11-24.en.html") as reader:
        summary, text = reader.page.locator("#rows summary"), reader.page.locator("#rows .text")
        summary.click()
        text.locator(".note").wait_for()
        assert text.inner_text().startswith("This text could not be loaded.")
        assert [line for line in reader.logged if "ERR_FILE_NOT_FOUND" not in line] == []

        (tmp_path / "aside.js").rename(texts)
        summary.click()
        summary.click()
        text.locator("mark").first.wait_for()
        assert text.inner_text().split("\n\n") == [LEAD, SAID, TAIL]
