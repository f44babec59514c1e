"""The session of Spark: its defaults, and what its errors say."""

import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from crawler.bulk.engine_errors import EngineError, NoEngineError, said_by
from crawler.bulk.java import check_java

_DEFAULTS = {
    "spark.app.name": "videsh",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",  # Spark's own, INT96, says no zone to other readers
    "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",  # a pair of texts takes some kilobytes
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def spark_session(settings: Mapping[str, str]) -> Iterator[SparkSession]:
    """Yield a session with settings, which win over the defaults; spark-submit's win over both where they overlap."""
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # spark-submit has started Java
        check_java()
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else the workers run the system's Python
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    try:
        session = _session(settings)
    except (PySparkException, Py4JError) as error:
        raise NoEngineError(f"Spark does not start: {first_line(error)}") from error
    try:
        yield session
    except (PySparkException, Py4JError) as error:
        raise EngineError(f"Spark's job failed: {first_line(error)}") from error
    finally:
        session.stop()


def _session(settings: Mapping[str, str]) -> SparkSession:
    builder: Any = SparkSession.builder
    for name, value in {**_DEFAULTS, **settings}.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def first_line(error: Exception) -> str:
    """Return the line of an error that says what happened."""
    java = getattr(error, "java_exception", None)
    return said_by(str(java.getMessage() if java is not None else error)) or type(error).__name__
