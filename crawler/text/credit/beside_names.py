"""Tell what stands beside the names in a byline: a day, a role, the place of the sender."""

import re
from collections.abc import Iterator

from crawler.text.calendar import day_number, month_number
from crawler.text.credit.named import agencies_of
from crawler.text.parts import Place
from crawler.text.people import holds_person, is_role
from crawler.text.places import find_place, look_up

_TITLE = re.compile(
    r"""
      (?:^|\s)(?:पत्रकार|एडिटर|प्रतिनिधि|reporter|correspondent|editor|journalist)$
    | .\sके\sलिए$                          # काठमांडू से बीबीसी हिंदी के लिए
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The end of what is a role only beside a name: `रीना शर्मा, वरिष्ठ पत्रकार`; a line of it may be a subhead."""
_FROM = " से"
"""Behind the place that a reporter sends from: `रीना शर्मा (काठमांडू से)`."""


def without_day(part: str) -> str:
    """Return a part without the day at its end, which has no year: `रीना शर्मा 10 जून`, `10 जून`, `June 10`."""
    *words, one, other = ["", "", *part.split()]
    is_day = any(
        day.isdigit() and day_number(day) and month_number(month) for day, month in ((one, other), (other, one))
    )
    return " ".join(words).strip(" ,;:-–—|/•·।") if is_day else part


def with_sender(part: str) -> Iterator[str]:
    """Yield a person and the place before the name: `काठमांडू से रीना शर्मा`; any other part as it is."""
    place, sent, name = part.partition(f"{_FROM} ")
    if sent and is_place(place) and holds_person(name):
        yield name
        yield place
    else:
        yield part


def without_roles(parts: list[str]) -> list[str]:
    """Return the parts of a byline without roles behind a person's name: `रीना शर्मा, विशेष संवाददाता, काठमांडू`."""
    others = [part for part in parts if not is_role_beside_name(part)]
    are_signed = all(holds_person(part) or agencies_of(part) or is_place(part) for part in others)
    return others if are_signed and any(map(holds_person, others)) else parts


def is_role_beside_name(part: str) -> bool:
    """Return whether a part of a byline is a role: `विशेष संवाददाता`, `वरिष्ठ पत्रकार`."""
    return is_role(part) or _TITLE.search(part) is not None


def is_place(part: str) -> bool:
    """Return whether a part of a byline is a known place: `काठमांडू`, `काठमांडू से`."""
    named = look_up(part.removesuffix(_FROM))
    return named is not None and named.is_exact


def find_sender(part: str) -> Place | None:
    """Return the place that a part names: `काठमांडू`, `काठमांडू से`."""
    return find_place(part.removesuffix(_FROM))
