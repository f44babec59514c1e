"""A folder that Spark writes, on any file system that it knows."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from py4j.protocol import Py4JError
from pyspark.sql import SparkSession

from crawler.bulk.engine_errors import EngineError, NoEngineError
from crawler.bulk.spark_session import first_line
from crawler.exports.out_file import locked

WORK = "_work"
"""The folder in a job's output that holds its tables while it runs."""
_PATTERN_SIGNS = frozenset("*?[]{}\\")
_TODO = {
    "S3AFileSystem": "give it hadoop-aws in its version of Hadoop, as with --spark spark.jars.packages=…",
    'scheme "s3"': "write s3a:// where the cluster has no s3:// of its own",
}
"""What helps, by a sign in what Java says."""


class SparkFolder:
    """A folder by its path or URL, as `s3a://BUCKET/PREFIX`; raise NoEngineError if Spark cannot write there."""

    def __init__(self, session: SparkSession, path: str) -> None:
        if signs := sorted(set(path) & _PATTERN_SIGNS):
            raise NoEngineError(f"{path}: Spark takes {' '.join(signs)} in a path for a pattern; name another folder")
        self.shown = path.rstrip("/") or path
        self.path = self.shown if "://" in path else str(Path(path).absolute())
        jvm: Any = session._jvm
        self._named = jvm.org.apache.hadoop.fs.Path
        with self._reaching():
            self._files = self._named(self.path).getFileSystem(session._jsc.hadoopConfiguration())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other jobs of this machine from it; raise OutFileError if one is writing it."""
        if not self.is_local:
            yield
            return
        place = Path(self.path.removeprefix("file://"))
        place.parent.mkdir(parents=True, exist_ok=True)
        with locked(place):
            yield

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except Py4JError as error:
            known = next((todo for sign, todo in _TODO.items() if sign in str(error)), "name another place")
            raise NoEngineError(f"{self.shown}: Spark cannot write there ({first_line(error)}); {known}") from error

    @property
    def is_local(self) -> bool:
        """Return whether it is a folder of this machine, or one that is mounted like that."""
        return str(self._files.getUri().getScheme()) == "file"

    def has(self, name: str = "") -> bool:
        """Return whether it is there, or a file or folder in it."""
        with self._reaching():
            return bool(self._files.exists(self._at(name)))

    @property
    def is_used(self) -> bool:
        """Return whether there is anything but what a job left that was killed as it began."""
        return any(not name.startswith(".") for name in self.names(""))

    def delete(self, name: str = "") -> None:
        """Delete it, or a file or folder in it."""
        self._files.delete(self._at(name), True)

    def names(self, name: str) -> list[str]:
        """Return the names in a folder in it; none if that is not there."""
        if not self.has(name):
            return []
        return [str(found.getPath().getName()) for found in self._files.listStatus(self._at(name))]

    def read(self, name: str) -> Any:
        """Return the value in a small file of JSON, or None if it is not there, or not whole."""
        if not self.has(name):
            return None
        stream = self._files.open(self._at(name))
        try:
            return json.loads(bytes(stream.readAllBytes()))
        except ValueError:
            return None
        finally:
            stream.close()

    def write(self, name: str, values: Mapping[str, Any]) -> None:
        """Write a small file of JSON aside, and rename it: a job that is killed meanwhile leaves a hidden file."""
        aside = f".{name}.part"
        with self._reaching():
            stream = self._files.create(self._at(aside), True)
            stream.write(f"{json.dumps(values)}\n".encode())
            stream.close()
            self.delete(name)
            if not self._files.rename(self._at(aside), self._at(name)):
                raise EngineError(f"{self.shown}/{name}: cannot be written; the same command tries it again")

    def _at(self, name: str) -> Any:
        return self._named(f"{self.path}/{name}" if name else self.path)
