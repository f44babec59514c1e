"""What an engine's error says in one line."""

import pytest

from crawler.bulk.engine_errors import said_by

_WORKER = """Job aborted due to stage failure: Task 1 in stage 2.0 failed 4 times (TID 7) (127.0.0.1 executor 0):
org.apache.spark.api.python.PythonException: [PYTHON_EXCEPTION] in the worker: Traceback (most recent call last):
  File "worker_util.py", line 75, in read_command
    command = serializer.loads(file)
{raised}
 SQLSTATE: 38000
\tat org.apache.spark.api.python.BasePythonRunner.handlePythonException(PythonRunner.scala:1097)
\tat org.apache.spark.errors.SparkCoreErrors$.blockDoesNotExistError(SparkCoreErrors.scala:298)
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("\n Parent path is not a directory: file\n\tat org.apache.hadoop", "Parent path is not a directory: file"),
        ("java.lang.OutOfMemoryError: Java heap space\n\tat x", "java.lang.OutOfMemoryError: Java heap space"),
        ("first\nValueError: of a page's text", "first"),
        (_WORKER.format(raised="MemoryError"), "MemoryError"),
        (_WORKER.format(raised="pyarrow.lib.ArrowInvalid: no"), "pyarrow.lib.ArrowInvalid: no"),
        (
            _WORKER.format(raised="KeyError: 'x'\n\nTraceback (most recent call last):\n  x\nValueError: शब्द"),
            "ValueError: शब्द",
        ),
        (
            _WORKER.format(raised="ModuleNotFoundError: No module named 'crawler.bulk'"),
            "ModuleNotFoundError: No module named 'crawler.bulk': the machines run a Python without videsh; give them "
            "the packed environment (docs/bulk.md)",
        ),
        (
            _WORKER.format(raised="ModuleNotFoundError: No module named 's3fs'"),
            "ModuleNotFoundError: No module named 's3fs'",
        ),
    ],
)
def test_the_line_is_that_of_python_or_java_before_its_stack(text: str, said: str) -> None:
    assert said_by(text) == said
