"""A gallery keeps the captions of its pictures as its text; those of a report are no text."""

import pytest

from tests.reading.markup import (
    FIRST,
    HEADLINE,
    LONG,
    SECOND,
    THIRD,
    URL,
    json_ld,
    page,
    paragraphs,
    read,
    reason,
    script,
)

CAPTIONS = (
    "वरुणपुर के घाट पर सुबह की आरती के लिए जुटे लोग, नदी का जल स्तर घटा।",
    "राहत शिविर में खुली पाठशाला में पढ़ाई करते बच्चे।",
    "बाढ़ के बाद खेतों में जमा रेत हटाते किसान और स्वयंसेवक।",
    "पुल की मरम्मत में लगे मजदूर, पीछे पुराना रेल पुल दिखता है।",
)
GALLERY = "https://khabar.example/photo-gallery/varunpur-4512"
FORMS = {
    "figures": "<figure><img src='/p{}.jpg'><figcaption>{}</figcaption></figure>",
    "items": "<li><img src='/p{}.jpg'><p class='caption'>{}</p></li>",
    "slides": "<div class='slide'><img src='/p{}.jpg'><div class='photo-caption'>{}</div></div>",
    "AMP": "<figure><amp-img src='/p{}.jpg'></amp-img><figcaption>{}</figcaption></figure>",
    "text": "<div><img src='/p{}.jpg'><p>{}</p></div>",
}


def pictures(form: str, captions: tuple[str, ...] = CAPTIONS) -> str:
    return "".join(FORMS[form].format(number, caption) for number, caption in enumerate(captions))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["", json_ld(), script({"@type": "ImageGallery", "name": HEADLINE})])
def test_a_gallery_keeps_its_captions(form: str, head: str) -> None:
    gallery = read(page(pictures(form), head=head), url=GALLERY)

    assert (gallery.kind, tuple(block.text for block in gallery.body)) == ("gallery", CAPTIONS)
    assert [image.url[-7:] for image in gallery.images] == ["/p0.jpg", "/p1.jpg", "/p2.jpg", "/p3.jpg"]


def test_captions_stand_where_their_pictures_do_and_without_the_credit_of_the_picture() -> None:
    captions = (*CAPTIONS[:3], f"{CAPTIONS[3][:-1]} (एपी)")
    gallery = read(page(paragraphs(FIRST) + pictures("figures", captions) + paragraphs(SECOND)), url=GALLERY)

    assert [block.text for block in gallery.body] == [FIRST, *CAPTIONS[:3], CAPTIONS[3][:-1], SECOND]
    assert gallery.images[3].credit == "एपी"


def test_a_page_of_captions_is_a_gallery_whatever_its_address() -> None:
    assert read(page(pictures("figures"), head=json_ld())).kind == "gallery"


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (pictures("figures", CAPTIONS[:2]) + paragraphs(), GALLERY),
        (pictures("figures") + LONG, URL),
        (paragraphs(FIRST, SECOND, THIRD, f"{FIRST} {THIRD}") + pictures("figures"), URL),
    ],
)
def test_captions_of_a_report_are_no_text(body: str, url: str) -> None:
    texts = [block.text for block in read(page(body, head=json_ld()), url=url).body]

    assert not set(texts) & set(CAPTIONS)


def test_captions_of_pictures_that_lead_elsewhere_make_no_gallery() -> None:
    cards = "".join(
        f"<figure><a href='/world/story-{n}'><img src='/p{n}.jpg'><figcaption>{c}</figcaption></a></figure>"
        for n, c in enumerate(CAPTIONS)
    )

    assert reason(page(cards)) in ("listing", "no-body")
