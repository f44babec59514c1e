"""Do work in several processes: the results come in the order of the work, and a process that dies loses one piece."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from crawler.authoring.crew import Batch

_MOST_PIECES = 16
_ENOUGH_WEIGHT = 512 * 1024
"""Weight of the pieces that a process gets at once, in bytes; more would keep the others waiting at the end."""

Piece = TypeVar("Piece")
Result = TypeVar("Result")
Known = TypeVar("Known", covariant=True)
_Other = TypeVar("_Other")


@dataclass(frozen=True, slots=True)
class Ready(Generic[Known]):
    """A result that needs no work; it keeps its place between the others."""

    result: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[Piece, Result]):
    """What is done with each piece, and what its result is if that ends the process."""

    do: Callable[[Piece], Result]
    lost: Callable[[Piece, str], Result]
    """Called with what ended the process."""
    weigh: Callable[[Piece], int]
    """About how many bytes a piece has."""

    def in_order(self, pieces: Iterable[Piece | Ready[_Other]], jobs: int) -> Generator[Result | _Other]:
        """Yield the result for each piece, in order, from `jobs` processes; one job is done in this process."""
        if jobs == 1:
            for piece in pieces:
                yield piece.result if isinstance(piece, Ready) else self.do(piece)
            return
        from crawler.authoring.crew import Crew  # not for one page

        crew = Crew(self.do, self.lost, jobs)
        try:
            yield from crew.results(self._batches(pieces))
        finally:
            crew.end()

    def _batches(self, pieces: Iterable[Piece | Ready[Any]]) -> "Iterator[Batch[Piece]]":
        from crawler.authoring.crew import Batch

        batch: Batch[Piece] = Batch()
        weight = 0
        for piece in pieces:
            if isinstance(piece, Ready):
                if batch.pieces:
                    yield batch
                yield Batch(results=deque([piece.result]))
                batch, weight = Batch(), 0
                continue
            batch.pieces.append(piece)
            weight += self.weigh(piece)
            if len(batch.pieces) == _MOST_PIECES or weight >= _ENOUGH_WEIGHT:
                yield batch
                batch, weight = Batch(), 0
        if batch.pieces:
            yield batch
