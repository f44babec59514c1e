"""scrapy settings: print the value of a setting, without the secrets in it."""

import argparse
from contextlib import redirect_stdout
from io import StringIO

from scrapy.commands import settings

from crawler.masking import hide_secrets, mask


class Command(settings.Command):
    def short_desc(self) -> str:
        return "Print the value of a setting; passwords are hidden"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        hide_secrets(self.settings)
        with redirect_stdout(StringIO()) as printed:
            super().run(args, opts)
        print(mask(printed.getvalue()), end="")
