"""Drop the second copy of a report that a page prints twice, for phones and for desktops."""

from crawler.items import Block

_LONG = 80
"""Characters of the shortest block that no report prints twice on purpose."""


def without_repeats(blocks: list[Block]) -> list[Block]:
    """Return the blocks without repetitions: long blocks, and short ones in the same order as in the first copy.

    A short block that is repeated elsewhere (a refrain, a subhead) stays; so does a block directly after its equal.
    """
    last_seen: dict[str, int] = {}
    kept: list[Block] = []
    run = -1  # index of the first-copy block that would continue the current run of repetitions
    for number, block in enumerate(blocks):
        first = last_seen.get(block.text)
        if first is not None and first != number - 1 and (first == run or len(block.text) >= _LONG):
            run = first + 1
            continue
        last_seen.setdefault(block.text, number)
        kept.append(block)
        run = -1
    return kept
