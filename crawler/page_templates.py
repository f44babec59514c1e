"""The templates of HTML pages, each compiled once: the byte code lies where Python keeps that of modules.

Importing this imports jinja2, which takes long: do so only where a page is written.
"""

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2.bccache import Bucket

_VERSION = "".join(filter(str.isalnum, jinja2.__version__))


def templates_of(package: str, folder: str) -> jinja2.Environment:
    """Return the environment of the templates in a folder of a package; a value that is not there is an error."""
    loader = jinja2.PackageLoader(package, folder)
    return jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_ByteCode(Path(loader._template_root)),
    )


class _ByteCode(jinja2.BytecodeCache):
    """The byte code of the templates in a folder, by template, Python and jinja2; it has the template's checksum.

    It is written only where Python would write that of a module.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, UnpicklingError), self._path(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        path = self._path(bucket)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):  # a folder that may only be read, or a full disk
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(bucket.bytecode_to_string())
            aside.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return Path(cache_from_source(str(self._folder / bucket.key), optimization=f"jinja{_VERSION}"))
