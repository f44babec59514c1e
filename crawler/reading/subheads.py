"""Tell subheads from paragraphs: a bold line among them, and what stands as a subhead at the end of a body."""

from crawler.items import Block
from crawler.reading.phrases import is_credit_like, is_sentence

_LONGEST_SUBHEAD = 140


def is_subhead(bold: str) -> bool:
    """Return whether a bold line of a report is a subhead, not a sentence or a credit."""
    return 3 <= len(bold) <= _LONGEST_SUBHEAD and not bold.endswith(("।", ".", ")", "]")) and not is_credit_like(bold)


def mend_end(blocks: list[Block]) -> None:
    """Drop subheads at the end of a body; one that is a sentence or a credit becomes a paragraph."""
    while len(blocks) > 1 and blocks[-1].kind == "subhead":
        last = blocks.pop()
        if is_sentence(last.text) or is_credit_like(last.text):
            blocks.append(Block(kind="paragraph", text=last.text))
            return
