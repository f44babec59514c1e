"""The base of commands that may leave their work to an engine."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.bulk.engine_errors import EngineError, NoEngineError
from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode

_EXTRAS = {"duckdb": "explore", "spark": "spark"}
_PACKAGES = ("duckdb", "pyarrow", "pyspark", "py4j", "pandas", "numpy")


class EngineCommand(PrintingCommand):
    """A command with `--engine`; an engine that is not there is named with what installs it."""

    def add_engine_options(self, parser: argparse.ArgumentParser, engines: Sequence[str]) -> None:
        """Add the options that all engines share."""
        parser.add_argument(
            "--engine", choices=engines, help="leave the work to an engine for much of it: docs/bulk.md"
        )
        setting = "with --engine spark: a setting, as spark.master=spark://HOST:7077; may be repeated"
        parser.add_argument("--spark", action="append", type=_setting, metavar="NAME=VALUE", help=setting)

    @contextmanager
    def on_engine(self, engine: str, out: str | None) -> Iterator[None]:
        """Name what keeps an engine from its work: a missing package, a folder that is there, a job that failed."""
        from crawler.exports.out_file import OutFileError

        try:
            with self.writing(out or "standard output", OutFileError, NoEngineError):
                yield
        except ModuleNotFoundError as error:
            if error.name is None or error.name.partition(".")[0] not in _PACKAGES:
                raise
            message = f"--engine {engine} needs a package that is not there ({error}): pip install"
            raise UsageError(f"{message} 'videsh[{_EXTRAS[engine]}]'", print_help=False) from error
        except EngineError as error:
            self.fail(str(error))
        except KeyboardInterrupt:
            print("stopped: what is in the output is whole; the same command goes on or begins anew", file=sys.stderr)
            self.exitcode = ExitCode.STOPPED

    def given_settings(self) -> tuple[tuple[str, str], ...]:
        """Return the settings that the user gave with `-s`, which the processes of an engine need too."""
        assert self.settings is not None
        given = SETTINGS_PRIORITIES["cmdline"]
        names = sorted(name for name in self.settings if self.settings.getpriority(name) == given)
        return tuple((name, str(self.settings[name])) for name in names)

    def print_counts(self, out: str, counts: Mapping[str, int]) -> None:
        """Print what a job has written."""
        print(f"{out}: {', '.join(f'{count} {name}' for name, count in counts.items())}")


def _setting(given: str) -> tuple[str, str]:
    name, is_there, value = given.partition("=")
    if not is_there or not name.startswith("spark."):
        raise argparse.ArgumentTypeError(f"{given}: write a setting of Spark, as spark.executor.memory=2g")
    return name, value
