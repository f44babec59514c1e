"""Read the answers of an archive in one pass, with their bodies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from crawler.archive.content import Content, KeptContent, content_of, kept_content
from crawler.archive.one_pass import records_in_one_pass
from crawler.archive.reader import Answer, ArchiveError, ArchiveFile, Bodies, read_answer, read_content
from crawler.archive.records import InOnePieceError
from crawler.archive.unpacked_files import UnpackedFile

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
    language: str
    """What its record or its header says about its language; see `Answer`."""
    is_typed: bool
    """Whether it has a Content-Type."""
    is_cut: bool
    """Whether the recording crawler stored only a part of the body (WARC-Truncated)."""
    kept: KeptContent | Content | ArchiveError
    """Its content as it is in the archive, that of the page which a revisit repeats, or why that is not known."""

    @property
    def weight(self) -> int:
        """The bytes of its body, as it is in the archive; 0 for that of another record."""
        return len(self.kept.body) if isinstance(self.kept, KeptContent) else 0

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
            language=answer.language or answer.said_language,
            is_typed=bool(answer.content_type),
            is_cut=answer.is_cut,
            kept=_kept(record, answer),
        )
        return found, True

    has_begun = False
    try:
        with _opened(archive) as file:
            for found, is_answer in records_in_one_pass(file, str(archive), read, damaged):
                has_begun = True
                if is_answer:
                    yield found
    except InOnePieceError:
        if has_begun or isinstance(archive, UnpackedFile):
            raise
        unpacked = UnpackedFile(archive)
        yield from read_whole_answers(unpacked, wants_url=wants_url, wants=wants, damaged=damaged, bodies=bodies)


@contextmanager
def _opened(archive: ArchiveFile) -> Iterator[IO[bytes]]:
    try:
        opened = archive.open("rb")
    except OSError as error:
        raise ArchiveError(f"{archive}: cannot be read: {error.strerror}") from error
    with opened as file:
        yield file


def _kept(record: Any, answer: Answer) -> KeptContent | Content | ArchiveError:
    if answer.kind != "revisit":
        return kept_content(record)
    try:
        return read_content(answer)
    except ArchiveError as error:
        return error
    except Exception as error:  # noqa: BLE001  the page is named, and the next one read
        return ArchiveError(f"the page that a revisit record repeats cannot be read: {error}")
