"""Images have the sizes that a page states, and one of them is the main one."""

import json
from typing import Any

import pytest

from crawler.items import Image
from crawler.reading.main_image import pixels, with_main_image
from crawler.reading.pagination import stitch
from tests.reading.markup import json_ld, meta, paragraphs, read

STORM, SHORE = "https://khabar.example/img/storm-4512.jpg", "https://khabar.example/img/shore-4513.jpg"
GRAPH = {"@graph": [{"@id": "#main", "@type": "ImageObject", "url": STORM, "width": 1200, "height": 675}]}
PICTURES = f"<img src='{SHORE}'>{paragraphs()}<img src='{STORM}'>"


def sizes(body: str, head: str = "") -> list[tuple[int | None, int | None]]:
    return [(image.width, image.height) for image in read(body, head=head).images]


def main_one(body: str, head: str = "") -> list[str]:
    return [image.url for image in read(body, head=head).images if image.main]


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [
        (1200, 1200),
        ("1200", 1200),
        (" 1200px ", 1200),
        (1200.0, 1200),
        ("1200.00 PX", 1200),
        ({"@type": "QuantitativeValue", "value": "640"}, 640),
        ("100%", None),
        ("auto", None),
        ("", None),
        (None, None),
        (0, None),
        (-5, None),
        (True, None),
        ("१२००", None),
        ("12000000", None),
        ("640x360", None),
        ("12.5", None),
        ([640], None),
        ({"value": {"value": 3}}, None),
    ],
)
def test_a_size_in_pixels(stated: Any, read_as: int | None) -> None:
    assert pixels(stated) == read_as


@pytest.mark.parametrize(
    "head",
    [
        json_ld(image={"@type": "ImageObject", "url": STORM, "width": 1200, "height": 675}),
        json_ld(image=[{"url": SHORE}, {"contentUrl": STORM, "width": "1200 px", "height": {"value": 675}}]),
        meta("og:image", STORM) + meta("og:image:width", "1200") + meta("og:image:height", "675"),
        json_ld(image={"@id": "#main"}) + f'<script type="application/ld+json">{json.dumps(GRAPH)}</script>',
    ],
)
def test_an_image_has_the_size_that_the_page_states_for_its_address(head: str) -> None:
    assert sizes(f"<img src='{STORM}'>{paragraphs()}", head) == [(1200, 675)]


def test_the_size_in_its_own_tag_comes_first_and_that_of_another_address_is_not_taken() -> None:
    head = json_ld(image={"url": STORM, "width": 1200, "height": 675})

    assert sizes(f"<img src='{STORM}' width='640' height='360'>{paragraphs()}", head) == [(640, 360)]
    assert sizes(f"<img src='{SHORE}' width='100%'>{paragraphs()}", head) == [(None, None)]


def test_the_image_that_only_json_ld_names_has_its_size_and_is_the_main_one() -> None:
    (image,) = read(paragraphs(), head=json_ld(image={"url": STORM, "width": 1200, "height": 675})).images

    assert (image.url, image.width, image.height, image.main) == (STORM, 1200, 675, True)


@pytest.mark.parametrize(
    ("head", "main"),
    [
        ("", SHORE),
        (json_ld(image=STORM), STORM),
        (meta("og:image", STORM), STORM),
        (meta("og:image", "https://khabar.example/resize/1200_675/storm-4512.webp?q=80"), STORM),
        (meta("og:image", "https://cdn.example/storm-4512-1200x675.jpg"), STORM),
        (meta("og:image", "https://khabar.example/logo-of-the-site.png"), SHORE),
        (json_ld(image=SHORE) + meta("og:image", STORM), SHORE),
        (json_ld(image={"url": ""}) + meta("og:image", ""), SHORE),
    ],
)
def test_the_main_image_is_the_one_that_the_page_names_or_else_the_first(head: str, main: str) -> None:
    assert main_one(PICTURES, head) == [main]


def test_names_of_files_too_short_to_tell_images_apart_are_compared_as_whole_addresses() -> None:
    first, second = Image(url="https://a.example/1/x.jpg"), Image(url="https://a.example/2/x.jpg")

    assert [image.main for image in with_main_image([first, second], [second])] == [False, True]
    assert with_main_image([], [second]) == []


def test_an_article_of_several_pages_has_one_main_image() -> None:
    first, second = read(f"<img src='{SHORE}'>{paragraphs()}"), read(PICTURES, head=json_ld(image=STORM))
    joined = stitch([("https://khabar.example/1", first), ("https://khabar.example/2", second)])

    assert [(image.url, image.main) for image in joined.images] == [(SHORE, True), (STORM, False)]
