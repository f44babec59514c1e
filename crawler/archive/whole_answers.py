"""Read the answers of an archive in one pass, with their bodies."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.archive.one_pass import records_in_one_pass
from crawler.archive.reader import (
    Answer,
    ArchiveError,
    ArchiveFile,
    Bodies,
    Content,
    KeptContent,
    content_of,
    kept_content,
    read_answer,
    read_content,
)

_DESCRIBED = frozenset(("response", "resource", "revisit", "conversion"))
"""Record types whose URL says whether they are wanted; for the others it is not worth asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """A recorded response with its content; it can be sent to another process."""

    url: str
    at: datetime
    """Time of the fetch, in UTC."""
    offset: int
    """Offset of its record in the archive."""
    is_typed: bool
    """Whether it has a Content-Type."""
    is_cut: bool
    """Whether the recording crawler stored only a part of the body (WARC-Truncated)."""
    kept: KeptContent | Content | ArchiveError
    """Its content as it is in the archive, that of the page which a revisit repeats, or why that is not known."""

    def content(self) -> Content:
        """Return headers and body; raise ArchiveError if the page that a revisit repeats was not found."""
        if isinstance(self.kept, ArchiveError):
            raise self.kept
        return content_of(self.kept) if isinstance(self.kept, KeptContent) else self.kept


def read_whole_answers(
    archive: ArchiveFile,
    *,
    wants_url: Callable[[str], bool],
    wants: Callable[[Answer], bool],
    damaged: list[str],
    bodies: Bodies,
) -> Iterator[KeptAnswer | Answer | None]:
    """Yield the answers of one WARC file in order: those that are wanted with their content.

    Of the others no body is read; for an answer whose URL is not wanted comes None. Sentences about damage are
    appended to `damaged`; revisits find their pages in all files that are read with the same `bodies`. Raise
    ArchiveError if the file is not a WARC or cannot be read to its end.
    """

    def read(record: Any, offset: int, problems: list[str]) -> tuple[KeptAnswer | Answer | None, bool]:
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if record.rec_type in _DESCRIBED and not wants_url(url):
            return None, True
        answer = read_answer(record, (archive, offset), bodies, problems)
        if answer is None or not wants(answer):
            return answer, answer is not None
        found = KeptAnswer(
            url=answer.url,
            at=answer.at,
            offset=offset,
            is_typed=bool(answer.content_type),
            is_cut=answer.is_cut,
            kept=_kept(record, answer),
        )
        return found, True

    try:
        opened = archive.open("rb")
    except OSError as error:
        raise ArchiveError(f"{archive}: cannot be read: {error.strerror}") from error
    with opened as file:
        for found, is_answer in records_in_one_pass(file, str(archive), read, damaged):
            if is_answer:
                yield found


def _kept(record: Any, answer: Answer) -> KeptContent | Content | ArchiveError:
    if answer.kind != "revisit":
        return kept_content(record)
    try:
        return read_content(answer)
    except ArchiveError as error:
        return error
