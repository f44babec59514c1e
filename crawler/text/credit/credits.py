"""Find the wire agencies that a report is credited to, and where its narrative ends; quoted sources are not credits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.text.agencies import find_agency
from crawler.text.credit.named import SignOff
from crawler.text.credit.search import head_sign_offs, inline_sign_offs, is_signers, may_follow_sign_off, tail_sign_offs
from crawler.text.dateline.opening import Opening
from crawler.text.parts import Credit, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The sign-offs of a report: above it, inside it and at its end; and where its narrative ends."""

    credits: tuple[Credit, ...] = ()
    people: tuple[str, ...] = ()
    """People and desks in the sign-offs, as printed: `(सुनीता राव, संवाददाता)`."""
    line: int
    """Index of the line in which the last sign-off begins; the number of lines if there is no sign-off."""
    offset: int = 0
    """Index of the character in that line at which the sign-off begins."""
    inline: Mapping[int, int] = field(default_factory=dict)
    """Earlier lines that end in a sign-off: index of the line → index of the character where the sign-off begins."""
    signed: frozenset[int] = frozenset()
    """Indexes of the lines that hold no narrative: a credit, the sub-editors' names, a disclaimer."""


def read_credits(lines: Sequence[str], opening: Opening, closing: Closing | None = None) -> tuple[Credit, ...]:
    """Return the credits of a report in the order of its text, each agency once.

    `lines` are the texts of its blocks in page order; `opening` is the result of `read_opening`, `closing` that of
    `read_closing`, which is called if it is left out.
    """
    closing = closing or read_closing(lines, opening)
    found = [*_from_opening(opening), *closing.credits]
    return tuple({credit.agency: credit for credit in reversed(found)}.values())[::-1]


def read_closing(lines: Sequence[str], opening: Opening) -> Closing:
    """Return the sign-offs of a report and where its narrative ends; `lines` are the texts of its blocks."""
    tail = list(tail_sign_offs(lines, opening))[::-1]
    line, offset = (tail[0][0], tail[0][1].start) if tail else (len(lines), 0)
    signed = {number for number, sign_off in tail if sign_off.start == 0}
    if offset == 0 and opening.line < line - 1 < len(lines) - 1 and is_signers(lines[line - 1]):
        line -= 1
        signed.add(line)
    signed.update(number for number in range(line + 1, len(lines)) if may_follow_sign_off(lines[number]))
    head = list(head_sign_offs(lines[:line], opening))
    inline = [found for found in inline_sign_offs(lines, line) if found[0] not in {number for number, _ in head}]
    signed.update(number for number, _ in head)
    signed.update(number for number, sign_off in inline if sign_off.start == 0)
    people = [person for _, sign_off in (*head, *tail) for person in sign_off.people]
    return Closing(
        credits=(*_credits(head, "byline"), *_credits(inline, "inline"), *_credits(tail, "tail")),
        people=tuple(dict.fromkeys(people)),
        line=line,
        offset=offset,
        inline={number: sign_off.start for number, sign_off in inline},
        signed=frozenset(signed),
    )


def _credits(sign_offs: Sequence[tuple[int, SignOff]], where: Where) -> Iterator[Credit]:
    for _, sign_off in sign_offs:
        for agency in sign_off.agencies:
            yield Credit(agency=agency.id, name=agency.name, raw=sign_off.raw, where=where)


def _from_opening(opening: Opening) -> Iterator[Credit]:
    for identifier, raw in opening.agencies:
        agency = find_agency(identifier)
        yield Credit(agency=identifier, name=agency.name if agency else identifier, raw=raw, where="dateline")


def narrative(lines: Sequence[str], opening: Opening, closing: Closing) -> str:
    """Return the narrative: the text of a report without dateline and sign-offs, its blocks joined with blank lines."""
    paragraphs: list[str] = []
    for number, line in enumerate(lines[: closing.line + 1]):
        if number in closing.signed or (number < opening.line and opening.dateline is not None):
            continue
        start = opening.offset if number == opening.line else 0
        end = closing.offset if number == closing.line else closing.inline.get(number, len(line))
        if text := line[start:end].strip():
            paragraphs.append(text)
    return "\n\n".join(paragraphs)
