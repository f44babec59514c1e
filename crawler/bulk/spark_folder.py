"""A folder that Spark writes, on any file system that it knows."""

import json
from collections.abc import Mapping
from typing import Any

from pyspark.sql import SparkSession

WORK = "_work"
"""The folder in a job's output that holds its tables while it runs."""


class SparkFolder:
    """A folder by its path or URL, as `s3://BUCKET/PREFIX`."""

    def __init__(self, session: SparkSession, path: str) -> None:
        self.path = path.rstrip("/") or path
        jvm: Any = session._jvm
        self._named = jvm.org.apache.hadoop.fs.Path
        self._files = self._named(path).getFileSystem(session._jsc.hadoopConfiguration())

    @property
    def is_local(self) -> bool:
        """Return whether it is a folder of this machine, or one that is mounted like that."""
        return str(self._files.getUri().getScheme()) == "file"

    def has(self, name: str = "") -> bool:
        """Return whether it is there, or a file or folder in it."""
        return bool(self._files.exists(self._at(name)))

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
        """Write a small file of JSON."""
        stream = self._files.create(self._at(name), True)
        stream.write(f"{json.dumps(values)}\n".encode())
        stream.close()

    def _at(self, name: str) -> Any:
        return self._named(f"{self.path}/{name}" if name else self.path)
