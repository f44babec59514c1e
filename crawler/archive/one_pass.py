"""Read the records of an archive in one pass, from a file or from a stream that cannot go back.

fastwarc reads a sound archive three times as fast as warcio. It drops a record that is cut short without a word, and
ends at a damaged one. So a record counts only once the next one was found, and `records_from` reads the rest: the last
record of a sound archive, and a damaged one from the damage on, by its own rules.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import IO, Any, cast

from fastwarc.warc import ArchiveIterator
from warcio.recordloader import ArcWarcRecordLoader

from crawler.archive.packings import bytes_to_see, packing_of
from crawler.archive.records import DAMAGE, ArchiveError, InOnePieceError, Read, check_beginning, records_from
from crawler.archive.remote_files import ForwardFile
from crawler.archive.unpacked_files import UpToDamage

_STEP = 64 * 1024
_BEGINNING = 512
"""Number of bytes that are enough to recognise an archive."""
_ENOUGH = 16
"""Number of blocks in which the beginning of the record at hand lies; fastwarc reads one or two ahead."""
_STRANGE = "\ufffd"
"""Stands in the headers for bytes that are no UTF-8; warcio reads them as Latin-1."""
_LOADER = ArcWarcRecordLoader(verify_http=False)


class PassingRecord:
    """A record of fastwarc with the attributes of one of warcio's; its headers of HTTP are parsed by warcio."""

    def __init__(self, record: Any) -> None:
        self._get = record.headers.get
        self._length: int = record.content_length
        self._http: Any = None
        self._is_parsed = False
        self.rec_headers = self
        self.rec_type: str | None = self._get("WARC-Type")
        self.raw_stream: IO[bytes] = record.reader

    def get_header(self, name: str) -> str | None:
        """Return a header of the record, without regard to upper and lower case."""
        value: str | None = self._get(name)
        if value and name == "WARC-Target-URI":  # as warcio mends it
            return value.strip("<>").replace(" ", "%20")
        return value

    def content_stream(self) -> IO[bytes]:
        """Return the content of the record, after its headers of HTTP."""
        return self.raw_stream

    @property
    def http_headers(self) -> Any:
        """The headers of HTTP, or None; they are read from the content when they are first asked for."""
        if not self._is_parsed:
            self._is_parsed = True
            url = self.get_header("WARC-Target-URI")
            self._http = _LOADER.load_http_headers(self.rec_type, url, self.raw_stream, self._length)
        return self._http


def records_in_one_pass(
    file: IO[bytes], name: str, read: Callable[[Any, int, list[str]], Read], damaged: list[str]
) -> Iterator[Read]:
    """Yield the result of `read(record, offset, damaged)` for each intact record of a file; skip damaged ones.

    A file that cannot go back is read from its position on, any other one from its beginning. What `read` returns, and
    what it appends to its list, is lost if the record turns out to be damaged. Append a sentence about damage to
    `damaged`. Raise ArchiveError, which names the file as `name`, if it is not a WARC, has no intact record, or cannot
    be read to its end; InOnePieceError, if it is packed in one piece and can be opened anew.
    """
    tape = _Tape(file)
    try:
        beginning = tape.peek()
    except OSError as error:
        raise _unreadable(name, tape) from error
    check_beginning(beginning, name)
    count = at = 0
    try:
        held: tuple[Read, list[str]] | None = None
        for record in ArchiveIterator(cast(IO[bytes], tape), parse_http=False):
            if not (tape.begins_record(record.stream_pos) and _is_plain(record)):
                break
            if held is not None:
                damaged += held[1]
                count += 1
                yield held[0]
            at, problems = record.stream_pos, list[str]()
            tape.forget_before(at)
            held = read(PassingRecord(record), at, problems), problems
    except (OSError, *DAMAGE) as error:
        if tape.failure is not None:
            raise _unreadable(name, tape) from error
    packing = packing_of(beginning)
    with tape.rest_from(at) as (rest, missing):
        try:
            yield from records_from(
                rest,
                name,
                lambda record, offset: read(record, offset, damaged),
                damaged,
                start=at - missing,
                count=count,
                missing=missing,
                packing=packing,
            )
        except InOnePieceError:
            can_begin_anew = file.seekable() or isinstance(file, ForwardFile)
            if count or missing or packing.unpacked is None or can_begin_anew:
                raise
            rest.seek(0)  # a stream, of which this is all
            with packing.unpacked(rest) as unpacked:
                yield from records_in_one_pass(cast(IO[bytes], UpToDamage(unpacked)), name, read, damaged)
    if tape.failure is not None:
        raise _unreadable(name, tape)


def _is_plain(record: Any) -> bool:
    """Return whether a record has the headers that every record needs, in UTF-8; the others are read by warcio."""
    header = record.headers.get
    url = header("WARC-Target-URI", "" if header("WARC-Type") == "warcinfo" else _STRANGE)
    return bool(header("Content-Length") and header("WARC-Type")) and _STRANGE not in url


class _Tape:
    """A file that is read forwards; the last blocks of it are kept, or all from the record at hand on."""

    def __init__(self, file: IO[bytes]) -> None:
        self.failure: Exception | None = None
        """What the file raised when it was read: its disk, or its connection, failed."""
        self._file = file
        self._can_go_back = file.seekable()
        if self._can_go_back:
            file.seek(0)
        self._ahead = b""
        self._blocks: deque[bytes] = deque()
        self._begin = self._end = 0

    def peek(self) -> bytes:
        """Return the first bytes of the file, enough to see how it is packed; they are read again."""
        while len(self._ahead) < _BEGINNING + bytes_to_see(self._ahead) and (block := self._next(_STEP)):
            self._ahead += block
        self._mark = packing_of(self._ahead).mark
        return self._ahead

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, and keep them."""
        block, self._ahead = self._ahead or self._next(size), b""
        self._blocks.append(block)
        self._end += len(block)
        if self._can_go_back and len(self._blocks) > _ENOUGH:
            self._begin += len(self._blocks.popleft())
        return block

    def tell(self) -> int:
        """Return the number of bytes that were read."""
        return self._end

    def begins_record(self, at: int) -> bool:
        """Return whether an offset that was read just now is one at which a record can begin."""
        begin, kept = self._begin, b""
        for block in self._blocks:
            if len(kept) < len(self._mark) and begin + len(block) > at >= self._begin:
                kept += block[max(0, at - begin) :][: len(self._mark)]
            begin += len(block)
        return kept.startswith(self._mark)

    def forget_before(self, at: int) -> None:
        """Keep nothing that lies before an offset, save what was read in one block with it."""
        while self._blocks and self._begin + len(self._blocks[0]) <= at:
            self._begin += len(self._blocks.popleft())

    @contextmanager
    def rest_from(self, at: int) -> Iterator[tuple[IO[bytes], int]]:
        """Open a file with all from an offset on, and the number of bytes that it lacks at its beginning.

        It is the file itself if that can go back, else a temporary one; a failure of the stream ends it.
        """
        if self._can_go_back:
            yield self._file, 0
            return
        with TemporaryFile() as rest:
            rest.writelines([b"".join(self._blocks)[max(0, at - self._begin) :], self._ahead])
            with suppress(Exception):  # it is kept as the failure
                while block := self._next(_STEP):
                    rest.write(block)
            yield rest, at

    def _next(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except Exception as error:  # each kind of server has exceptions of its own
            self.failure = error
            raise OSError(str(error)) from error


def _unreadable(name: str, tape: _Tape) -> ArchiveError:
    return ArchiveError(f"{name}: cannot be read from byte {tape.tell()} on: {tape.failure}")
