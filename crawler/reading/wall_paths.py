"""What the path of a URL says of a page that holds no article."""

import re

from crawler.reasons import Reason

_WEB_STORY = re.compile(
    r"""
    /(?:visual-?stor(?:y|ies)|web-?stor(?:y|ies))
    (?:/|$)                                      # a whole part of the path: not /web-stories-are-new-4512
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIVE_TV = re.compile(
    r"""
    /(?:live[-_]?(?:tv|radio|stream|streaming)   # /live-tv, /bbc_hindi_radio/liveradio
    |(?:tv|radio)[-_]?live
    |watch[-_]?live|listen[-_]?live)
    (?:[/.]|$)                                   # a whole part of the path: not /livestream-of-the-launch-4512
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ABOUT_OUTLET = re.compile(
    r"""
    ^/(?:(?:hi|hindi|pages?|info|static)/)?
    (?:
        (?:about|contact)(?:[-_]?us)?|privacy(?:[-_]?policy)?|cookies?[-_]?policy
        |terms(?:[-_](?:(?:and|&)[-_])?(?:conditions|of[-_](?:use|service)))?
        |disclaimer|code[-_]of[-_]ethics|grievance(?:[-_]redressal)?|careers?
        |advertise(?:[-_]?with[-_]?us)?|log-?in|sign-?in|sign-?up|register
    )
    (?:\.[a-z]{2,5})?/?$                            # the whole path: not /world/disclaimer-on-maps-4512
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LISTING = re.compile(
    r"""
    ^/(?:tags?|topics?|search|authors?|category|archives?|page)/   # deeper, it may be in an article's path
    |^/?$                                                          # the front page
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AUDIO = re.compile(
    r"""
    /(?:
        podcasts?
        |program(?:me)?s?                       # of a radio station
        |radio|audio|listen
        |tv_?shows?|shows?
    )/                                          # a whole part of the path: not /radio-telescope-4512
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SURE = ((_WEB_STORY, Reason.WEB_STORY), (_LIVE_TV, Reason.LIVE_TV), (_ABOUT_OUTLET, Reason.ABOUT_OUTLET))


def refused_path(path: str) -> Reason | None:
    """Return what a path says that a page is instead of an article, if it leaves no doubt, or None."""
    return next((reason for pattern, reason in _SURE if pattern.search(path)), None)


def may_list(path: str) -> bool:
    """Return whether a path is the front page's or that of a tag, a search, an author."""
    return path in ("", "/") or _LISTING.search(path) is not None


def may_play(path: str) -> bool:
    """Return whether a path is that of a podcast or a programme."""
    return _AUDIO.search(path) is not None
