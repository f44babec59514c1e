"""The stretches that a long tag may fill hold every long tag of a page, and no others of ordinary pages."""

import random
import re

import pytest

from crawler.reading.stretches import long_stretches

SIZE = 100
LONG_VALUE = "क" * SIZE


def stretches(page: str) -> list[str]:
    source = page.encode()
    return [source[begin:end].decode() for begin, end in long_stretches(source, SIZE)]


def test_short_tags_and_long_texts_give_none() -> None:
    page = "".join(f'<div class="a" title="b > c"><p id=\'d\'>{"शब्द " * 100}</p></div>' for _ in range(20))

    assert stretches(page) == []


@pytest.mark.parametrize(
    "tag",
    [
        f'<p title="{LONG_VALUE}">',
        f"<p title='{LONG_VALUE}'>",
        f"<p title = \n '{LONG_VALUE}'>",
        f"<p title={LONG_VALUE}>",
        f"</p title='{LONG_VALUE}'>",
        "<p " + " ".join(f"a{number}" for number in range(50)) + ">",
        "<p " + " ".join(f"a{number}='>'" for number in range(50)) + ">",  # each `>` stands in a value
        "<p " + " ".join(f'a{number}="<b>"' for number in range(50)) + ">",
        f'<p title="{"<b>" * 100}">',
        f"<p title='{LONG_VALUE}",  # a value that is never closed runs to the end
    ],
)
def test_a_long_tag_lies_in_one(tag: str) -> None:
    assert any(tag in stretch for stretch in stretches(f"<div>पुल</div>{tag}"))
    assert any(tag in stretch for stretch in stretches(f"<div class='x'>\"पुल' =</div>{tag}<i>खुला</i>" * 3))


def test_no_soup_of_marks_hides_a_long_tag() -> None:
    chance = random.Random(1)
    marks = ['<a b="', "<a b='", '">', "'>", ">", "<", '"', "'", "=", " ", "<p>", "</p>", "शब्द", '= "', "a='>'"]
    long_tag = re.compile(r"""<a\ (?:\w+=(?:"[^"]*"|'[^']*')\ ?)+>""", re.VERBOSE)
    for _ in range(3000):
        soup = "".join(chance.choice(marks) for _ in range(chance.randint(1, 12)))
        values = "".join(chance.choice(("a='>' ", 'b="<i>" ', "c='\">' ", "d='x' ")) for _ in range(40))
        tag = f"<a {values}>"
        assert long_tag.fullmatch(tag)

        assert any(tag in stretch for stretch in stretches(f"{soup}<i>{tag}{soup}")), soup
