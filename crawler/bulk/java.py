"""The Java that Spark runs on."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from crawler.bulk.engine_errors import NoEngineError

_OLDEST = 17
_VERSION = re.compile(r'version "(?:1\.)?([0-9]{1,4})')  # "17.0.15", or "1.8.0_292" before Java 9
_LONGEST = 60
_INSTALL = "apt-get install openjdk-17-jre-headless, or set JAVA_HOME"


def check_java() -> None:
    """Raise NoEngineError unless Java is there, where Spark looks for it, and new enough."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None:
        raise NoEngineError(f"Spark needs Java {_OLDEST} or newer, and finds none in PATH: {_INSTALL}")
    try:
        done = subprocess.run(
            [java, "-version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoEngineError(
            f"Spark needs Java {_OLDEST} or newer, and {java} does not run ({error}): {_INSTALL}"
        ) from error
    found = _VERSION.search(done.stderr)
    if found is None:
        said = done.stderr.strip()[:200] or f"exit code {done.returncode}"
        raise NoEngineError(f"Spark needs Java {_OLDEST} or newer, and {java} says no version ({said}): {_INSTALL}")
    if int(found[1]) < _OLDEST:
        raise NoEngineError(f"Spark needs Java {_OLDEST} or newer, and {java} is Java {found[1]}: {_INSTALL}")
