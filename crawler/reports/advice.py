"""What the state of an outlet means, in words for somebody who sees it for the first time, and what to type next."""

from typing import NamedTuple

from crawler.reports.health import Health


class Advice(NamedTuple):
    """One state in plain words. NAME stands for the outlet, SITE for its home page, PAGE for one of its pages."""

    meaning: str
    """What has happened, in one sentence."""
    todo: str
    """What to type next, and what that tells."""


OFFLINE = "offline"
"""The state of a machine that reaches no site; an outlet has no state then."""
DEAD = "dead"
"""The state of an outlet under whose addresses nothing answers, while `doctor --live` asks it."""

ADVICE: dict[str, Advice] = {
    OFFLINE: Advice(
        "This machine reaches no site at all: the network is down here, and the outlets may be well.",
        "look at the network, the DNS and the proxy of this machine; then scrapy doctor NAME --live",
    ),
    DEAD: Advice(
        "This machine has a network, but nothing useful answers under the outlet's addresses: it is down, or moved.",
        "open SITE in a browser: if it opens, scrapy discover SITE finds its new addresses; if not, try tomorrow",
    ),
    Health.BLOCKED: Advice(
        "The site is there, but it turns this crawler away.",
        "wait some hours, then scrapy doctor NAME --live; if it goes on, scrapy crawl NAME -s DOWNLOAD_DELAY=5; what "
        "else an outlet may need: docs/blocked_sites.md",
    ),
    Health.FEED_DEAD: Advice(
        "The site is there, but the feeds and pages on which it lists its articles are gone or empty.",
        "scrapy discover SITE finds where it lists them now: correct `listings` in spiders/NAME.py",
    ),
    Health.REDESIGNED: Advice(
        "The site answers and lists articles, but its pages look different: they are read badly or not at all.",
        "save one of its pages, then scrapy explain page.html --url PAGE: it says which part is not found",
    ),
    Health.FIELD_LOST: Advice(
        "Articles come in, but a part of them, such as the author, is no longer found on the pages.",
        "save one of its pages, then scrapy explain page.html --url PAGE: it says where that part is looked for",
    ),
    Health.SHORT: Advice(
        "Articles come in, but their texts are much shorter than they were: most likely their ends are missing.",
        "save one of its pages, then scrapy explain page.html --url PAGE: compare the text with the page",
    ),
    Health.STALE: Advice(
        "Articles come in, but they are old: the site's lists no longer name the newest ones.",
        "open SITE in a browser; if it has newer articles, scrapy discover SITE finds where it lists them",
    ),
    Health.PROXY: Advice(
        "The proxy that PROXIES names for this outlet is not reached, or refuses; the site may be well.",
        "see whether the proxy runs, and whether its address and password are right; then scrapy doctor NAME --live",
    ),
    Health.DEADLINE: Advice(
        "The crawl was not done when its time ran out; the next run goes on where it stopped.",
        "nothing, unless it happens often: then scrapy newsroom -s OUTLET_MINUTES=20",
    ),
    Health.RESTING: Advice(
        "The site failed several times in a row, or asked for a pause, and is left alone for a while.",
        "nothing: a later run asks it again; scrapy store forget HOST lets the next run ask it",
    ),
    Health.BROKE: Advice("The crawl of this outlet ended before its time.", "scrapy crawl NAME shows why"),
    Health.STOPPED: Advice("Somebody stopped the run.", "nothing: the next run fetches what is left"),
    Health.FAULT: Advice(
        "The program itself failed at something; the rest was delivered.",
        "scrapy crawl NAME shows the error; if it is not of your disk or a plug-in of yours, report it",
    ),
    Health.FAILING: Advice(
        "Most came in, but some pages or lists could not be fetched that usually can.",
        "nothing now: they are tried again; scrapy doctor NAME --live looks at its lists if it goes on",
    ),
    Health.NO_NEWS: Advice("The site has published nothing new.", "nothing"),
    Health.WELL: Advice("All is as usual.", "nothing"),
    Health.UNKNOWN: Advice("No run has said anything about it yet.", "scrapy crawl NAME, or scrapy doctor NAME --live"),
}
"""What each state means, by state."""


def advice_for(state: str, outlet: str, site: str, page: str | None = None) -> Advice:
    """Return the advice for a state, with the outlet's own name and addresses."""
    said = ADVICE[state]
    todo = said.todo.replace("NAME", outlet).replace("SITE", site).replace("PAGE", page or "https://…")
    return Advice(said.meaning, todo)
