"""The cursor of the last export into a file, from which `--since latest` continues; it is kept beside the file."""

import json
from pathlib import Path
from typing import Any

from crawler.exports.out_file import OutFileError
from crawler.whole_files import write_json


def cursor_file(out: Path) -> Path:
    """Return the file that keeps the cursor of the exports into `out`."""
    return out.with_name(f".{out.name}.cursor")


def read_cursor(out: Path, kind: dict[str, Any]) -> int:
    """Return the cursor of the last export into `out`, or 0 if there was none.

    `kind` says which rows are exported. Raise OutFileError if they were others, whose cursor would leave rows out.
    """
    path = cursor_file(out)
    try:
        kept = json.loads(path.read_bytes())
        cursor, last = int(kept["cursor"]), dict(kept["kind"])
    except FileNotFoundError:
        return 0
    except (ValueError, LookupError, TypeError, OSError, RecursionError) as error:
        raise OutFileError(f"{path}: cannot be read ({error}); remove it, and all is exported") from error
    if changed := [name for name in kind if last.get(name) != kind[name]]:
        message = f"{out}: its last export had another {', '.join(changed)}; name another file, or say --since SEQUENCE"
        raise OutFileError(message)
    return cursor


def write_cursor(out: Path, cursor: int, kind: dict[str, Any]) -> None:
    """Keep the cursor of an export into `out`; call it when the file is in its place, so that no row can be lost."""
    write_json(cursor_file(out), {"cursor": cursor, "kind": kind})
