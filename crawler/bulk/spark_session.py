"""The session of Spark: its defaults, the Java that it needs, and the folder that a job writes."""

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from crawler.bulk.engine_errors import EngineError, NoEngineError

_OLDEST_JAVA = 17
_VERSION = re.compile(r'version "(?:1\.)?(\d{1,4})')
_DEFAULTS = {
    "spark.app.name": "videsh",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",  # a pair of texts takes some kilobytes
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def spark_session(settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """Yield a session with settings, which win over the defaults; spark-submit's win over both where they overlap."""
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # spark-submit has started Java
        check_java()
    if settings.get("spark.master", "local").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else the workers run the system's Python
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    try:
        session = _session(settings)
    except (PySparkException, Py4JError) as error:
        raise NoEngineError(f"Spark does not start: {_first_line(error)}") from error
    try:
        yield session
    except (PySparkException, Py4JError) as error:
        raise EngineError(f"Spark's job failed: {_first_line(error)}") from error
    finally:
        session.stop()


def _session(settings: Mapping[str, str]) -> SparkSession:
    builder: Any = SparkSession.builder
    for name, value in {**_DEFAULTS, **settings}.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _first_line(error: Exception) -> str:
    """Return the line of an error that says what happened: that of Python or Java, before its stack."""
    java = getattr(error, "java_exception", None)
    text = str(java.getMessage() if java is not None else error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def check_java() -> None:
    """Raise NoEngineError unless Java is there, and new enough."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    try:
        done = subprocess.run([java or "java", "-version"], capture_output=True, encoding="utf-8", errors="replace")
    except OSError as error:
        where = f"JAVA_HOME is {home}, and {java} does not run ({error.strerror})" if home else "found none in PATH"
        raise NoEngineError(f"Spark needs Java {_OLDEST_JAVA} or newer, and {where}: {_INSTALL}") from error
    found = _VERSION.search(done.stderr)
    if found is None or int(found[1]) < _OLDEST_JAVA:
        said = found[1] if found else done.stderr.strip()[:200] or f"exit code {done.returncode}"
        raise NoEngineError(f"Spark needs Java {_OLDEST_JAVA} or newer, and {java} is {said}: {_INSTALL}")


_INSTALL = "apt-get install openjdk-17-jre-headless, or set JAVA_HOME"
