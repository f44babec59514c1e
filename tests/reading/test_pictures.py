"""Lazily loaded pictures are found without running scripts, each with its own caption."""

import pytest

from tests.reading.markup import OTHER, between, paragraphs, read

STORM = "https://khabar.example/storm.jpg"
CAPTION = "<figcaption>तट पर गिरा खंभा</figcaption>"
DATA = "data:image/gif;base64,R0lGOD"


@pytest.mark.parametrize(
    "picture",
    [
        f"<img class='lazy' src='{DATA}' data-srcset='/small.jpg 300w, /storm.jpg 1200w'>",
        "<img srcset='/small.jpg 1x, /storm.jpg 2x'>",
        "<img src='/static/loading.gif' data-lazy='/storm.jpg'>",
        "<img src='/placeholder.png' data-full-url='https://khabar.example/storm.jpg'>",
        f"<img src='{DATA}'><noscript><img src='/storm.jpg' alt='x'></noscript>",
        "<div class='lazy-wrapper'></div><noscript><img src='/storm.jpg'></noscript>",
        f"<picture><source srcset='/small.webp 300w, /storm.jpg 900w'><img src='{DATA}'></picture>",
        "<amp-img src='/storm.jpg'><amp-img fallback src='/small.jpg'></amp-img></amp-img>",
        "<img src='/storm.jpg'><noscript><img src='/storm.jpg'></noscript>",
        "<noscript><img src='/storm.jpg'></noscript><img src='' data-src=''>",
        "<div><div><noscript><picture><source srcset='/s.webp'><img src='/storm.jpg'></picture></noscript></div></div>",
    ],
)
def test_a_lazy_picture_is_found_with_its_caption(picture: str) -> None:
    images = read(f"<figure>{picture}{CAPTION}</figure>{paragraphs()}").images

    assert [(image.url, image.caption) for image in images] == [(STORM, "तट पर गिरा खंभा")]


def test_a_counter_in_noscript_is_no_picture() -> None:
    assert read(f"{paragraphs()}<noscript><img src='https://count.example/p?c1=2'></noscript>").images == []


def test_the_attribution_of_amp_is_the_credit() -> None:
    (image,) = read(f"<amp-img src='/storm.jpg' attribution='Getty Images'></amp-img>{paragraphs()}").images

    assert (image.url, image.credit) == (STORM, "Getty Images")


def test_each_picture_keeps_its_own_caption() -> None:
    figures = "".join(
        f"<figure><img src='{DATA}'><noscript><img src='/{name}.jpg'></noscript>"
        f"<figcaption>{text}</figcaption></figure>"
        for name, text in (("one", "पहला खंभा"), ("two", "दूसरा खंभा"))
    )

    assert [(image.url[-7:], image.caption) for image in read(figures + paragraphs()).images] == [
        ("one.jpg", "पहला खंभा"),
        ("two.jpg", "दूसरा खंभा"),
    ]


def test_a_caption_above_its_picture_goes_to_it() -> None:
    second = "<figure><figcaption>तट पर गिरा खंभा</figcaption><img src='/storm.jpg'></figure>"
    images = read(f"<figure><img src='/one.jpg'></figure>{paragraphs()}{second}{paragraphs()}").images

    assert [(image.url[-9:], image.caption) for image in images] == [
        ("e/one.jpg", None),
        ("storm.jpg", "तट पर गिरा खंभा"),
    ]


def test_the_label_of_a_caption_is_cut() -> None:
    figure = "<figure><img src='/storm.jpg'><figcaption>इमेज कैप्शन, तट पर गिरा खंभा</figcaption></figure>"

    assert read(figure + paragraphs()).images[0].caption == "तट पर गिरा खंभा"


@pytest.mark.parametrize(
    "card",
    [
        "<ul><li><img src='/other.jpg'><a href='/1'>पहाड़ों में बर्फ गिरने से सड़कें बंद</a></li></ul>",
        "<table><td><a href='/1'><img src='/other.jpg'></a></td><td><a href='/1'>पहाड़ों में बर्फ</a></td></table>",
        "<div><img src='/other.jpg'><div><a href='/1'>पहाड़ों में बर्फ गिरने से सड़कें बंद</a><span>2 घंटे पहले</span></div></div>",
        "<div><div><img src='/other.jpg'></div><p><a href='/1'>पहाड़ों में बर्फ गिरने से सड़कें बंद</a></p></div>",
    ],
)
def test_pictures_of_recommendations_are_not_the_articles(card: str) -> None:
    assert [image.url for image in read(f"<img src='/storm.jpg'>{paragraphs()}{card}").images] == [STORM]


def test_a_picture_before_a_pointer_stays() -> None:
    pointer = "<p><a href='/1'>पहाड़ों में बर्फ गिरने से सड़कें बंद</a></p>"

    assert [image.url for image in read(f"<img src='/storm.jpg'>{pointer}{paragraphs()}").images] == [STORM]


@pytest.mark.parametrize(
    "picture",
    [
        "<p><img src='/storm.jpg'><em>तट पर गिरा खंभा</em></p>",
        "<div class='pic'><img src='/storm.jpg'><br>तट पर गिरा खंभा</div>",
        "<div class='pic'><img src='/storm.jpg'><span>तट पर गिरा खंभा</span></div>",
        "<dl><dt><img src='/storm.jpg'></dt><dd>तट पर गिरा खंभा</dd></dl>",
        "<center><img src='/storm.jpg'></center><center>तट पर गिरा खंभा</center>",
        "<div><img src='/storm.jpg'></div><div><small>तट पर गिरा खंभा</small></div>",
        "<p><img src='/storm.jpg'></p><p><em>तट पर गिरा खंभा</em></p>",
    ],
)
def test_a_short_line_under_a_picture_is_its_caption(picture: str) -> None:
    article = read(picture + paragraphs())

    assert [(image.url, image.caption) for image in article.images] == [(STORM, "तट पर गिरा खंभा")]
    assert len(article.body) == 3


def test_a_paragraph_that_begins_with_a_picture_stays() -> None:
    assert len(read("<p><img src='/storm.jpg'>आंधी थम गई और लोग घरों से निकले।</p>" + paragraphs()).body) == 4


def test_an_agencys_photo_credit_is_cut_off_whole() -> None:
    (image,) = read(
        f"<figure><img src='/storm.jpg'><p>तट पर गिरा खंभा (AP Photo/A. Rao)</p></figure>{paragraphs()}"
    ).images

    assert (image.caption, image.credit) == ("तट पर गिरा खंभा", "AP Photo/A. Rao")


def test_a_sentence_under_a_picture_is_no_caption() -> None:
    line = "<p><em>आधे शहर में बिजली रात में लौट आई।</em></p>"

    assert len(read(f"<p><img src='/storm.jpg'></p>{line}{paragraphs()}").body) == 4


UNSCRIPTED = "<noscript><img src='/storm.jpg'></noscript>"


@pytest.mark.parametrize(
    "picture",
    [
        f"<div class='x'>{UNSCRIPTED}</div>",
        f"<div><div><div>{UNSCRIPTED}</div></div></div>",
        f"<div style='background-image:url(/s.jpg)'></div><div>{UNSCRIPTED}</div>",
        f"<div>{UNSCRIPTED}<img class='lazy' src='{DATA}'></div>",
        f"<div><img class='lazy' alt='आंधी'>{UNSCRIPTED}</div>",
        f"<div><span><img src='{DATA}' data-nimg='responsive'>{UNSCRIPTED}</span></div>",
        f"<p>{UNSCRIPTED}</p>",
    ],
)
def test_a_picture_in_noscript_is_found_outside_a_figure(picture: str) -> None:
    assert [image.url for image in read(between(picture)).images] == [STORM]


@pytest.mark.parametrize(
    "counter",
    [
        "<div><noscript><img height='1' width='1' src='https://count.example/tr?id=1&ev=PageView'></noscript></div>",
        "<div><noscript><img src='https://count.example/c.gif' width='1' height='1'></noscript></div>",
        "<div class='ad'><noscript><img src='/ad.jpg'></noscript></div>",
        "<div class='author'><noscript><img src='/face.jpg'></noscript>सीता राव</div>",
        f"<div class='related'><noscript><img src='/o.jpg'></noscript><a href='/9'>{OTHER}</a></div>",
        f"<div><a href='/9'><noscript><img src='/o.jpg'></noscript>{OTHER}</a></div>",
        "<div><noscript><img src='/static/logo.png'></noscript></div>",
    ],
)
def test_a_counter_an_advertisement_or_a_face_in_noscript_is_no_picture(counter: str) -> None:
    assert read(between(counter)).images == []


def test_a_heading_behind_the_captions_of_a_gallery_is_no_text() -> None:
    captions = [f"तट पर गिरा खंभा क्रमांक {number}, बुधवार की सुबह" for number in range(1, 5)]
    slides = "".join(
        f"<figure><img src='/{number}.jpg'><figcaption>{text}</figcaption></figure>"
        for number, text in enumerate(captions)
    )
    others = f"<h3>और तस्वीरें</h3><div><a href='/9'><h3>{OTHER}</h3></a></div>"

    article = read(f"<div>{slides}</div>{others}", url="https://khabar.example/photos/varunpur-storm-4512")

    assert [block.text for block in article.body] == captions


@pytest.mark.parametrize("word", ["photo", "Photo", "PHOTO", "PHoto", "pHOTO", "iMage", "IMage", "PIC", "PIcture"])
def test_a_word_for_a_picture_is_known_in_any_casing(word: str) -> None:
    article = read(f"<img src='/storm.jpg'><p>तट पर गिरा खंभा ({word}: AP)</p>{paragraphs()}")

    assert [(image.caption, image.credit) for image in article.images] == [("तट पर गिरा खंभा", "AP")]
