"""Take what a callback yields in batches, so that what all of it needs is done once."""

from collections.abc import AsyncIterator
from typing import Any


async def in_batches(result: AsyncIterator[Any], most: int) -> AsyncIterator[list[Any]]:
    """Yield what a callback yields in lists of at most `most`; an error comes after all that was yielded before it."""
    batch: list[Any] = []
    try:
        async for each in result:
            batch.append(each)
            if len(batch) == most:
                yield batch
                batch = []
    except Exception:
        yield batch
        raise
    yield batch
