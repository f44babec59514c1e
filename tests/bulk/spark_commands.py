"""Run commands of `videsh` one after another with one start of Java; run by the Python of Spark's own environment.

Standard input is a JSON list of commands, each a list of words; the last line of standard output has the exit code of
each, as a JSON list.
"""

import json
import sys

from crawler.command_line import main


def run(words: list[str]) -> int:
    """Run a command; return its exit code."""
    try:
        main(["videsh", *words])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


if __name__ == "__main__":
    print(json.dumps([run(words) for words in json.load(sys.stdin)]))
