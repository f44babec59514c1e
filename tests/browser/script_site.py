"""India TV as a site that builds its articles by script: each page is a shell, and a script asks for the text."""

from collections.abc import Mapping
from dataclasses import replace

from tests.crawling.site import HOME, address, articles, listings
from tests.site.publisher import Answer

SCRIPT = f"{HOME}/static/app.js"
PIXEL = f"{HOME}/static/pixel.png"
AWAY = f"{HOME}/static/away.json"
INNER = "http://10.0.0.1/inner"
STRANGER = "https://tracker.example/x.js"
_JSON = {"Content-Type": "application/json"}
_SHELL = f"""<!doctype html><html lang="hi"><head><meta charset="utf-8"><title>ख़बर</title></head><body>
<div id="root"></div>
<img src="{PIXEL}"><script src="{STRANGER}"></script><script src="/static/app.js"></script></body></html>"""
_APP = """
fetch("http://10.0.0.1/inner").catch(() => 0);
fetch("/static/away.json").catch(() => 0);
fetch("/api" + location.pathname).then(answer => answer.ok ? answer.text() : "").then(html => {
    if (html) document.documentElement.innerHTML = html;
});
"""


def text_of(number: int) -> str:
    """Return the URL from which the script of an article gets its text."""
    return address(number).replace(HOME, f"{HOME}/api")


def script_site(count: int, *, robots: bytes = b"User-agent: *\nDisallow:\n") -> Mapping[str, Answer]:
    """Return the answers of the site by URL, with this robots.txt."""
    pages = articles(count)
    texts = {text_of(number): replace(pages[address(number)], headers=_JSON) for number in range(count)}
    shells = {url: Answer(body=_SHELL.encode()) for url in pages}
    files = {
        SCRIPT: Answer(body=_APP.encode(), headers={"Content-Type": "application/javascript"}),
        AWAY: Answer(status=302, headers={"Location": INNER}),
        f"{HOME}/robots.txt": Answer(body=robots, headers={"Content-Type": "text/plain"}),
    }
    return {**listings(count), **shells, **texts, **files}
