"""Name what a user mistyped on the command line: an unknown option, an unknown command."""

import argparse
import re
import sys
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from scrapy import cmdline
from scrapy.commands import ScrapyHelpFormatter
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from crawler.masking import mask
from crawler.program import program, wants_json, wrong_use_line

_AGE = re.compile("([1-9][0-9]{0,4})([dhw])", re.ASCII)
_SECONDS = {"h": 3_600, "d": 86_400, "w": 604_800}

_INTERVAL = re.compile("([1-9][0-9]{0,5})([smh])", re.ASCII)
_SECONDS_OF_INTERVAL = {"s": 1, "m": 60, "h": 3_600}


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return `; did you mean "…"?` with the closest known word, or `.` if none is close."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else "."


def read_age(option: str, text: str | None) -> int:
    """Return an age such as `90d`, `12w` or `36h` in seconds; raise UsageError, with the option, for anything else."""
    found = _AGE.fullmatch(text or "")
    if found is None:
        given = text or "is missing"
        raise UsageError(f"{option} {given}: write a number and d, w or h: {option} 90d", print_help=False)
    return int(found[1]) * _SECONDS[found[2]]


def read_interval(option: str, text: str) -> int:
    """Return an interval such as `90s`, `15m` or `1h` in seconds; raise UsageError, with the option, for others."""
    found = _INTERVAL.fullmatch(text)
    if found is None:
        todo = f"write a number from 1 up and s, m or h: {option} 15m"
        raise UsageError(f"{option} {text}: {todo}", print_help=False)
    return int(found[1]) * _SECONDS_OF_INTERVAL[found[2]]


class HelpFormatter(ScrapyHelpFormatter):
    """Scrapy's formatter, for headings alone; Scrapy underlines each line of an option that ends in a colon, too."""

    _is_in_option = False

    def _format_action(self, action: argparse.Action) -> str:
        self._is_in_option = True
        try:
            return super()._format_action(action)
        finally:
            self._is_in_option = False

    def format_part_strings(self, part_strings: list[str]) -> list[str]:
        """Underline headings."""
        return part_strings if self._is_in_option else super().format_part_strings(part_strings)


class OptionParser(cmdline.ScrapyArgumentParser):
    """Scrapy's parser, which names an option that it does not know; Scrapy takes it for an argument."""

    _is_json = False

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "formatter_class": HelpFormatter})

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Return the options and the other arguments; an unknown option ends the program with exit code 2."""
        self._is_json = wants_json(sys.argv[1:] if args is None else args)
        options, others = super().parse_known_args(args, namespace)
        for word in others:
            if word.startswith("-") and word not in ("-", "--"):
                self.error(self._unknown(word.partition("=")[0]))
        return options, others

    def error(self, message: str) -> NoReturn:
        """Print a message without its secrets, as JSON if that is asked for, and end the program with exit code 2."""
        if self._is_json:
            self.exit(2, f"{wrong_use_line(mask(message))}\n")
        super().error(mask(message))

    def _unknown(self, word: str) -> str:
        known = [name for action in self._actions for name in action.option_strings if name.startswith("--")]
        command = " ".join((self.usage or "").split()[:2])
        return f'unknown option "{word}"{did_you_mean(word, known)} ("{command} -h" lists all)'


def name_mistakes() -> None:
    """Make Scrapy's command line name unknown options and the command that an unknown one is close to.

    Scrapy has no hook for either; its commands are the first of ours that it imports.
    """
    if cmdline.ScrapyArgumentParser is OptionParser.__base__:
        cmdline.ScrapyArgumentParser = OptionParser  # type: ignore[misc]
        cmdline._print_unknown_command = _print_unknown_command


def _print_unknown_command(settings: BaseSettings, cmdname: str, inproject: bool) -> None:
    known: Sequence[str] = sorted(cmdline._get_commands_dict(settings, inproject))
    name = program()
    text = f'{name}: error: "{cmdname}" is not a command{did_you_mean(cmdname, known)} ("{name}" lists all)'
    print(text, file=sys.stderr)
