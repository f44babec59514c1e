"""How much a story matters on a day."""

_REPRINTED = 1 / 3
"""What a newsroom that only reprints counts: three of them are worth one that writes."""
_HALF_LIFE = 12
"""Hours without a new article in which a score halves."""


def story_score(*, wrote: int, reprinted: int, hours: float) -> float:
    """Return the score of a story by which stories are ranked.

    Each newsroom that wrote about it counts 1, each that only reprinted another's text 1/3; the sum halves with every
    12 hours between the story's last article and the day's last one.

    >>> story_score(wrote=2, reprinted=3, hours=0), story_score(wrote=2, reprinted=3, hours=12)
    (3.0, 1.5)
    """
    return float((wrote + reprinted * _REPRINTED) * 0.5 ** (max(hours, 0) / _HALF_LIFE))
