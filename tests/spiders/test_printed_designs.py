"""Pages as outlets' systems print them today and printed them once: markup of theirs, words of ours."""

from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from crawler.outlets import load_outlets
from tests.reading.markup import FIRST, HEADLINE, SECOND, THIRD, json_ld, paragraphs, read, texts

OUTLETS = {slug: spider.outlet for slug, spider in load_outlets(get_project_settings()).items()}
HIDDEN = '<span class="bbc-m04vo2">'
ROLE = f'<li><span role="text">{HIDDEN}पदनाम, </span><span>बीबीसी संवाददाता</span></span></li>'
PHOTO = '<li><img src="/a.jpg" alt=""></li>'
NAME = f'<li><span role="text">{HIDDEN}Author, </span><span>सीमा जोशी</span></span></li>'
_LINK = '<a href="/hindi/topics/c1"><span class="byline__link-text">सीमा जोशी</span><svg></svg></a>'
LINKED = f"<li>{HIDDEN}Author, </span>{_LINK}</li>"
NAMED_TWICE = LINKED.replace("Author, ", "Author, सीमा जोशी").replace("byline__link-text", "byline-link")
TWITTER = (
    f'<li><a href="https://x.example/s"><span role="text">{HIDDEN}Twitter, </span><span>@seema</span></span></a></li>'
)
PLACE = '<li><span role="text"><span>Reporting from  </span><span>वरुणपुर</span></span></li>'
READ_TIME = "<li><p>पढ़ने का समय: 4 मिनट</p></li>"
COMMA = '<span aria-hidden="true">, </span>'


def items(*parts: str) -> str:
    """Return the byline of BBC Hindi that holds these items."""
    label = '<strong id="article-byline" aria-hidden="true">....में</strong>'
    return f'<section aria-labelledby="article-byline">{label}<ul role="list">{"".join(parts)}</ul></section>'


def nested(*lists: str) -> str:
    """Return a byline of several contributors: a list for each, in one item of a list."""
    inner = "".join(f'<ul role="list">{each}</ul>' for each in lists)
    return items(f"<li>{inner}</li>", READ_TIME)


def of_2022(*parts: str) -> str:
    """Return the byline that BBC Hindi printed in 2022: a list without labels."""
    rows = "".join(f'<li role="listitem">{part}</li>' for part in parts)
    return f'<div class="e1j2237y6"><div><ul role="list">{rows}</ul></div></div>'


def bbc(byline: str) -> list[str]:
    """Return whom a page of BBC Hindi with this byline is signed by."""
    main = f'<main role="main"><div><h1 id="content">{HEADLINE}</h1></div>{byline}<div><time>23 नवंबर 2025</time></div>'
    body = "".join(f'<div dir="ltr"><p>{text}</p></div>' for text in (FIRST, SECOND, THIRD))
    page = (
        f"<html lang='hi'><head><title>{HEADLINE}</title>{_published()}</head><body>{main}{body}</main></body></html>"
    )
    article = read(page, url="https://www.bbc.com/hindi/articles/c1x2dkv41m7o", outlet=OUTLETS["bbc_hindi"])
    assert texts(article) == [FIRST, SECOND, THIRD]
    return article.byline


def _published(**fields: Any) -> str:
    return json_ld(datePublished="2025-11-23T10:00:00+05:30", **fields)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        (items(NAME, ROLE), ["सीमा जोशी"]),
        (items(PHOTO, NAME, ROLE), ["सीमा जोशी"]),
        (items(LINKED, ROLE), ["सीमा जोशी"]),
        (items(PHOTO, LINKED, ROLE, TWITTER), ["सीमा जोशी"]),
        (items(PHOTO, NAMED_TWICE, ROLE, PLACE), ["सीमा जोशी"]),
        (items(NAME, ROLE) + items(NAME.replace("सीमा", "रवि"), ROLE), ["सीमा जोशी", "रवि जोशी"]),
        (
            nested(NAME.replace("</li>", f"{COMMA}</li>") + ROLE, LINKED.replace("सीमा", "रवि") + ROLE),
            ["सीमा जोशी", "रवि जोशी"],
        ),
        (of_2022("सीमा जोशी", "बीबीसी संवाददाता"), ["सीमा जोशी"]),
        (of_2022("सीमा जोशी ", "वरुणपुर से, बीबीसी हिंदी के लिए "), ["सीमा जोशी"]),
        ("", []),
        (items(ROLE), []),
        (items(TWITTER), []),
        (items(PHOTO, ROLE), []),
        (items(PLACE), []),
        (items(READ_TIME), []),
        (nested(), []),
        ('<div><ul><li role="listitem">रूस</li><li role="listitem">यूक्रेन</li></ul></div>', []),
    ],
)
def test_bbc_hindi_prints_names_with_photo_link_and_place_in_many_ways(byline: str, names: list[str]) -> None:
    assert bbc(byline) == names


def test_a_list_in_the_text_of_a_page_of_2022_is_no_byline() -> None:
    facts = '<div dir="ltr"><p>चार बातें</p></div><div><ul role="list"><li role="listitem">सीमा जोशी</li></ul></div>'

    assert bbc_without_checks(facts) == []


def bbc_without_checks(body: str) -> list[str]:
    top = f"<div><h1>{HEADLINE}</h1></div><div><time>23 नवंबर 2022</time></div>"
    main = f'<main role="main">{top}{paragraphs()}{body}</main>'
    page = f"<html lang='hi'><head><title>{HEADLINE}</title>{_published()}</head><body>{main}</body></html>"
    return read(page, url="https://www.bbc.com/hindi/international-60490001", outlet=OUTLETS["bbc_hindi"]).byline


NDTV = f"""<html lang="hi"><head><title>{HEADLINE}</title>{_published()}</head><body><article>
<div class="sp-hd"><div class="sp-cn pg-str-com"><h1 class="sp-ttl" itemprop="headline">{HEADLINE}</h1>
<h2 class="sp-descp">मरम्मत में दो दिन लगेंगे</h2><nav class="pst-by"><ul><li><span class="pst-by_txt">Reported by: </span>
<a class="pst-by_lnk" href="/authors/seema-8714">सीमा जोशी</a></li>
<li><a class="pst-by_lnk" href="/world">World News</a></li>
<li><span class="pst-by_lnk" itemprop="dateModified">नवंबर 23, 2025 14:44 pm IST</span></li></ul></nav>
<div class="sp_txt" itemprop="articleBody"><div class="ins_instory_dv"><p class="sp_cap">गिरा हुआ खंभा</p></div>
<div class="ASum_wr"><div class="ASum_ttl2">Summary is AI-generated</div><ul><li>{THIRD} सार में।</li></ul></div>
<div class="Art-exp_cn"><div class="Art-exp_wr"><b class="place_cont">काठमांडू: </b><p>{FIRST}</p><p>{SECOND}
<div class="ArGogTrst_cn"><a href="#">Add NDTV As A Trusted Source</a></div></p></div></div>
<div class="SoFl_wp"><p>नवीनतम समाचार यहां पढ़ें</p></div></div></div></div></article></body></html>"""


def test_ndtv_prints_summary_place_and_report_apart_in_one_container() -> None:
    article = read(NDTV, url="https://ndtv.in/world-news/varunpur-storm-9326001", outlet=OUTLETS["ndtv"])

    assert texts(article) == ["काठमांडू:", FIRST, SECOND]
    assert (article.byline, article.deck) == (["सीमा जोशी"], "मरम्मत में दो दिन लगेंगे")


TV9 = f"""<html lang="hi"><head><title>{HEADLINE}</title>{_published()}</head><body><main>
<div class="detailBody"><h1 class="article-HD">{HEADLINE}</h1><h2 class="short_desc">मरम्मत में दो दिन लगेंगे</h2>
<section class="author-box"><figure><div class="author-pic">
<a href="/author/seema"><img alt="सीमा" src="/s.jpg"></a></div>
<figcaption><a href="/author/seema" rel="author">सीमा जोशी</a> <span class="seprator">|</span>
<p>Updated on:<span> Nov 23, 2025 | 1:32 PM</span></p></figcaption></figure></section>
<div class="ArticleBodyCont"><p>{FIRST}</p>
<section><div class="heading"><span class="h2">ये भी पढ़ें</span></div><div class="news-cards"><figure>
<a href="/world/x-1635229.html">
<span class="h3">झील पर तैरता बाज़ार खुला, पहले ही दिन पहुंचे हज़ारों लोग</span></a></figure></div></section>
<div class="adsCont">Advertisement</div><p>{SECOND}</p></div></div></main></body></html>"""


def test_tv9_prints_headline_deck_and_author_in_new_places() -> None:
    article = read(TV9, url="https://www.tv9hindi.com/world/varunpur-storm-3913128.html", outlet=OUTLETS["tv9"])

    assert texts(article) == [FIRST, SECOND]
    assert (article.headline, article.deck) == (HEADLINE, "मरम्मत में दो दिन लगेंगे")
    assert article.byline == ["सीमा जोशी"]


IN_2023 = json_ld(datePublished="2023-04-14T11:32:00Z")
REPUBLIC = f"""<html lang="hi"><head><title>{HEADLINE}</title>{IN_2023}</head><body>
<section><div class="storyContent"><h1 class="story-title">{HEADLINE}</h1>
<h2 class="story-description">मरम्मत में दो दिन लगेंगे</h2>
<div class="author"><div>Written By</div>
<a href="https://bharat.republicworld.com/author/seema"><span> सीमा जोशी </span></a>
<a title="Share" href="javascript:void(0)"><img src="/f.png"></a></div></div>
<div class="width95 storytext"><div><div><p>{FIRST}</p></div></div><strong>आगे क्या</strong>
<p>{SECOND}</p></div></section>
<div class="latest"><p>{THIRD} यह दूसरी खबर है।</p></div></body></html>"""


def test_the_older_host_of_republic_bharat_prints_the_report_in_storytext() -> None:
    url = "https://bharat.republicworld.com/world-news/rest-of-the-world-news/varunpur-storm-two-hundred-poles"
    article = read(REPUBLIC, url=url, outlet=OUTLETS["republic_bharat"])

    assert texts(article) == [FIRST, "आगे क्या", SECOND]
    assert (article.byline, article.deck) == (["सीमा जोशी"], "मरम्मत में दो दिन लगेंगे")
