"""Turn what a day shows into HTML pages, in Hindi and in English."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from crawler.edition.web_feed import feed_name
from crawler.edition.wording import Tongue, Wording

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TONGUES: tuple[Tongue, ...] = ("hi", "en")


def html_page(template: str, wording: Wording, name: str, *, is_private: bool, **values: Any) -> str:
    """Return a page as HTML: its template with words of a language; `name` is its file name without language.

    With `is_private`, search engines are asked to leave it out.
    """
    other = wording.page(name, other=True)
    return _template(template).render(w=wording, other=other, is_private=is_private, **values)


@lru_cache(maxsize=16)
def _template(name: str) -> "Template":
    return _environment().get_template(f"{name}.html.j2")


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from crawler.page_templates import templates_of  # slow to import: only where a page is written

    environment = templates_of("crawler.edition", "templates")
    environment.globals["feed_name"] = feed_name
    return environment
