"""Read a made page, so that the lexicons are there before processes are forked: each would read them for itself."""

from contextlib import suppress

from scrapy.exceptions import DropItem

from crawler.authoring.rereading import Page, Rereader
from crawler.reasons import NotAnArticle

_PAGE = """
<html lang="hi"><head><title>काठमांडू में नया पुल खुला</title><link rel="canonical" href="/pul-1">
<meta property="article:published_time" content="2026-06-12T10:30:00+05:30"></head><body><article>
<h1>काठमांडू में नया पुल खुला</h1><p class="author">रीना शर्मा, नई दिल्ली</p>
<p>अपडेटेड: 12 जून 2026, 10:30 AM IST</p>
<p>वाशिगटन, 12 जून (एजेंसी)। नेपाल की राजधानी में बुधवार को एक नया पुल खुला। अधिकारियों ने कहा कि यह पुल दो साल में
बना है और इससे शहर के लोगों को बहुत सुविधा होगी।</p>
<p>समाचार एजेंसी रॉयटर्स के अनुसार प्रधानमंत्री ने इस मौके पर कहा कि सरकार आने वाले समय में ऐसे और पुल बनाएगी, ताकि
गांव के लोग भी आसानी से शहर तक पहुंच सकें।</p></article></body></html>
"""
"""A page that needs nearly all lexicons."""


def warm(rereader: Rereader) -> None:
    """Read the page with a reader; whether an article comes of it depends on the settings."""
    with suppress(NotAnArticle, DropItem):
        rereader.article(Page(url="https://example.org/pul-1", body=_PAGE.encode()))
