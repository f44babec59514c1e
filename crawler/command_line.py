"""The command line of `videsh`: Scrapy's, with the settings of Videsh and a home, from any folder."""

import argparse
import json
import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NoReturn

import scrapy
from scrapy import cmdline
from scrapy.exceptions import UsageError

from crawler import __version__
from crawler.home import VARIABLE, HomeFolder, checkout_at, choose_home, settings_at
from crawler.program import as_typed, log_line, wants_json, wrong_use_line
from crawler.usage import OptionParser, name_mistakes

WITH_HOME = frozenset("clean compact crawl deliver demo doctor edition export newsroom store".split())
"""The commands that read or write the store or the exports, and therefore say where the home is."""
AUTHORING = frozenset({"edit", "genspider", "record"})
"""The commands that write into a checkout."""
_OPTIONS = f"""
Options of videsh itself:

  --home FOLDER   the folder of store and exports; so does {VARIABLE} (default: the current
                  folder in a checkout, your data folder elsewhere)
  --version       print the versions of Videsh and Scrapy"""


def main(argv: list[str]) -> None:
    """Run a command as `scrapy` does in a checkout; the exit code is the command's."""
    own, rest = _own_options().parse_known_args(argv[1:])
    command = next((argument for argument in rest if not argument.startswith("-")), None)
    try:
        home = choose_home(own.home, os.environ, Path.cwd())
        _check_checkout(command)
    except UsageError as error:
        print(wrong_use_line(str(error)) if wants_json(rest) else f"videsh: error: {error}", file=sys.stderr)
        sys.exit(2)
    if command is None:
        _print_commands()
        return
    if command in WITH_HOME and home.chosen_by:
        _say_home(home, as_json=wants_json(rest))
    name_mistakes()
    cmdline.ScrapyArgumentParser = _Parser  # type: ignore[misc]
    settings = settings_at(home)
    if "EDITOR" in os.environ:
        settings.set("EDITOR", os.environ["EDITOR"])  # as Scrapy does with its own settings
    cmdline.execute(["videsh", *rest], settings)


def _say_home(home: HomeFolder, *, as_json: bool) -> None:
    text = f"home: {home.path} ({home.chosen_by}; --home or {VARIABLE} names another)"
    line = json.dumps(log_line("info", "videsh", text), ensure_ascii=False)
    print(line if as_json else f"videsh: {text}", file=sys.stderr)


def _own_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("videsh", add_help=False, allow_abbrev=False)
    parser.add_argument("--home")
    parser.add_argument("--version", action="version", version=f"Videsh {__version__}, Scrapy {scrapy.__version__}")
    return parser


def _check_checkout(command: str | None) -> None:
    if command in AUTHORING and not checkout_at(Path.cwd()):
        raise UsageError(f"{command} writes into a checkout of Videsh: clone the repository, and run it there")


def _print_commands() -> None:
    """Print Scrapy's list of commands under our name."""
    out = StringIO()
    with redirect_stdout(out):
        cmdline._print_commands(settings_at(HomeFolder(Path.cwd())), inproject=True)
    head, _, rest = out.getvalue().partition("\n")
    print(f"Videsh {__version__} ({head.partition(' - ')[0]})\n{as_typed(rest)}{_OPTIONS}")


class _Parser(OptionParser):
    """Our parser, whose help and errors name our program."""

    def format_help(self) -> str:
        return as_typed(super().format_help())

    def format_usage(self) -> str:
        return as_typed(super().format_usage())

    def error(self, message: str) -> NoReturn:
        super().error(as_typed(message))
