"""The options of a command that runs in the test's own process."""

import argparse
from typing import Any

from scrapy.commands import ScrapyCommand


def options(command: ScrapyCommand, **given: Any) -> argparse.Namespace:
    """Return the options of a command: those that are given, and the defaults of its parser for all others."""
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    defaults = {action.dest: action.default for action in parser._actions if action.dest != "help"}
    assert given.keys() <= defaults.keys(), given.keys() - defaults.keys()
    return argparse.Namespace(**defaults | given)
