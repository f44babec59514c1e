"""The narrative of a report: its text without dateline and tail credit."""

from collections.abc import Sequence

from crawler.text.credit.credits import Closing
from crawler.text.dateline.opening import Opening


def narrative(lines: Sequence[str], opening: Opening, closing: Closing) -> str:
    """Return the blocks of a report from where its narrative begins to where it ends, joined with blank lines."""
    told: list[str] = []
    for number, line in enumerate(lines):
        if number < opening.line and opening.dateline is not None:
            continue
        start = opening.offset if number == opening.line else 0
        end = closing.offset if number == closing.line else len(line)
        if number > closing.line:
            break
        if text := line[start:end].strip():
            told.append(text)
    return "\n\n".join(told)
