"""Which settings a user has set, and the common base of commands that try something out and keep nothing."""

import argparse

from scrapy.commands import ScrapyCommand
from scrapy.settings import BaseSettings, get_settings_priority


def set_by_user(settings: BaseSettings, name: str) -> bool:
    """Return whether a setting was set on the command line, or in its place, as by a script."""
    return (settings.getpriority(name) or 0) >= get_settings_priority("cmdline")


class TryingCommand(ScrapyCommand):
    """One of Scrapy's own commands, with an empty store and without an export, unless `-s` names them."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        for name in ("STORE", "EXPORTS"):
            if not set_by_user(self.settings, name):
                self.settings.set(name, "", priority="cmdline")
