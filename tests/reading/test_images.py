"""The images of an article in page order, each with its own caption and credit."""

import pytest

from crawler.items import Image
from tests.reading.markup import FIRST, SECOND, THIRD, json_ld, paragraphs, read, texts


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("वरुणपुर की अंधेरी सड़कें (Photo: AP)", "वरुणपुर की अंधेरी सड़कें", "AP"),
        ("वरुणपुर की अंधेरी सड़कें - फोटो : एएनआई", "वरुणपुर की अंधेरी सड़कें", "एएनआई"),
        ("वरुणपुर की अंधेरी सड़कें (File Photo: Reuters)", "वरुणपुर की अंधेरी सड़कें", "Reuters"),
        ("वरुणपुर की अंधेरी सड़कें (Photo-AFP)", "वरुणपुर की अंधेरी सड़कें", "AFP"),
        ("वरुणपुर की अंधेरी सड़कें (Image: X/AP)", "वरुणपुर की अंधेरी सड़कें", "X/AP"),
        ("वरुणपुर की अंधेरी सड़कें (AFP or licensors)", "वरुणपुर की अंधेरी सड़कें", "AFP or licensors"),
        ("वरुणपुर की अंधेरी सड़कें (एपी)", "वरुणपुर की अंधेरी सड़कें", "एपी"),
        ("वरुणपुर की अंधेरी सड़कें (बाएं)", "वरुणपुर की अंधेरी सड़कें (बाएं)", None),
        ("वरुणपुर की अंधेरी सड़कें", "वरुणपुर की अंधेरी सड़कें", None),
        ("वरुणपुर की अंधेरी सड़कें | AFP", "वरुणपुर की अंधेरी सड़कें", "AFP"),
        ("वरुणपुर की अंधेरी सड़कें/एएफपी", "वरुणपुर की अंधेरी सड़कें", "एएफपी"),
        ("वरुणपुर की अंधेरी सड़कें – रॉयटर्स", "वरुणपुर की अंधेरी सड़कें", "रॉयटर्स"),
        ("वरुणपुर की अंधेरी सड़कें - AFP/Getty Images", "वरुणपुर की अंधेरी सड़कें", "AFP/Getty Images"),
        ("बोर्ड की पंक्ति - भाषा", "बोर्ड की पंक्ति - भाषा", None),
        ("पार्टी का झंडा - PTI", "पार्टी का झंडा - PTI", None),
        ("नया चैनल | सीएनएन", "नया चैनल | सीएनएन", None),
        ("पुल/सड़क", "पुल/सड़क", None),
        ("Getty Images", None, "Getty Images"),
        ("Getty Images/AFP", None, "Getty Images/AFP"),
        ("AFP via Getty Images", None, "AFP via Getty Images"),
        ("© Reuters", None, "Reuters"),
        ("एएफपी", None, "एएफपी"),
        ("PTI", None, "PTI"),
        ("भाषा", "भाषा", None),
        ("डॉन", "डॉन", None),
        ("एपी ढिल्लों", "एपी ढिल्लों", None),
        ("रॉयटर्स की इमारत", "रॉयटर्स की इमारत", None),
        ("AFP मुख्यालय, पेरिस", "AFP मुख्यालय, पेरिस", None),
        ("Getty Villa", "Getty Villa", None),
    ],
)
def test_a_caption_and_its_credit_belong_to_the_image(printed: str, caption: str | None, credit: str | None) -> None:
    body = f"<figure><img data-src='/a.jpg' src='data:image/gif;base64,x'><figcaption>{printed}</figcaption></figure>"

    article = read(body + paragraphs())

    assert article.images == [Image(url="https://khabar.example/a.jpg", caption=caption, credit=credit, main=True)]
    assert (texts(article), article.credits) == ([FIRST, SECOND, THIRD], [])


def test_images_keep_their_order_and_their_own_captions() -> None:
    body = (
        f"<figure><img src='/a.jpg'><figcaption>पहली तस्वीर का ब्योरा</figcaption></figure>"
        f"<p>{FIRST}</p><img src='/b.jpg'><div class='caption'>दूसरी तस्वीर का ब्योरा</div>"
        f"<p>{SECOND}</p><p>{THIRD}</p><img src='/c.jpg'><img src='/logo.png'>"
    )

    assert [(image.url[-5:], image.caption) for image in read(body).images] == [
        ("a.jpg", "पहली तस्वीर का ब्योरा"),
        ("b.jpg", "दूसरी तस्वीर का ब्योरा"),
        ("c.jpg", None),
    ]


def test_thumbnails_of_other_articles_are_no_images() -> None:
    body = (
        f"<p>{FIRST}</p><a href='/world/other-3'><img src='/thumb.jpg'></a>"
        "<a href='/a-large.jpg'><img src='/a.jpg'></a>"
        f"<div class='related'><img src='/b.jpg'></div><p>{SECOND}</p><p>{THIRD}</p>"
    )

    assert [image.url for image in read(body).images] == ["https://khabar.example/a.jpg"]


@pytest.mark.parametrize(
    ("size", "is_picture"),
    [
        ("1", False),
        ("099", False),
        ("100", True),
        ("640", True),
        ("²", True),
        ("１", True),
        ("9" * 5_000, True),
        ("-1", True),
        ("1e9", True),
        ("50%", True),
        ("", True),
    ],
)
def test_an_image_of_few_pixels_is_no_image_whatever_its_other_attributes(size: str, is_picture: bool) -> None:
    for name in ("width", "height"):
        article = read(f"<figure><img src='/a.jpg' {name}='{size}'></figure>{paragraphs()}")

        assert len(article.images) == is_picture


def test_the_image_of_json_ld_is_used_if_the_page_shows_none() -> None:
    article = read(paragraphs(), head=json_ld(image=[{"@type": "ImageObject", "url": "https://img.example/a.jpg"}]))

    assert [image.url for image in article.images] == ["https://img.example/a.jpg"]
