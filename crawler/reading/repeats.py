"""A report that a page prints twice, for phones and for desks, is read once."""

from crawler.items import Block

_LONG = 80
"""Characters of a line that no report prints twice on purpose."""


def without_repeats(blocks: list[Block]) -> list[Block]:
    """Return blocks without those that were printed before: long ones, and short ones that follow as they did before.

    A refrain or a subhead that stands twice among other lines stays, and so does a line that is said twice in a row.
    """
    last_seen: dict[str, int] = {}
    kept: list[Block] = []
    run = -1  # number of the block that would repeat the run of repetitions, where there is one
    for number, block in enumerate(blocks):
        first = last_seen.get(block.text)
        if first is not None and first != number - 1 and (first == run or len(block.text) >= _LONG):
            run = first + 1
            continue
        last_seen.setdefault(block.text, number)
        kept.append(block)
        run = -1
    return kept
