"""Measure the clustering of stories: time and RAM per text, with the index in memory and in SQLite.

It measures 10,000, 50,000 and 200,000 texts, each in its own process. The floor is what every near-duplicate finder
needs: the list of a text's four-word strings, from the same texts in the same process. Exit code 1 if a limit is
exceeded.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawler.store import open_store
from crawler.stories.index import MemoryIndex
from crawler.stories.stories import Stories
from crawler.stories.text import Text, make_text

_SYLLABLES = [a + b for a in "कखगचजटडतदनपबमयरलवसह" for b in ("", "ा", "ि", "ी", "ु", "े", "ो", "ं")]
_WORDS = 300
"""Words per text."""
_COPIES = 0.3
"""Share of texts that are edited copies of one of the last 200."""
_DAY = 86_400
_FEWEST_A_SECOND = {"memory": 3_000, "sqlite": 1_000}
"""Minimum number of texts per second, by place of the index."""
_MOST_RAM = 400
"""Maximum RAM in bytes per text with the index in SQLite; it holds from `_SPREAD` texts on."""
_SPREAD = 50_000
"""Number of texts from which the fixed cost per text is small."""
_HARD = 30_000
_FLAT = 1.3
"""Maximum time of the last texts of a measurement, as a multiple of the mean time of the smallest measurement."""


def lines_of(texts: int) -> Iterator[tuple[int, list[str]]]:
    """Yield numbered texts of 300 words, as lines of 40, with word frequencies as in a language (Zipf).

    Three in ten are a truncated and edited copy of a recent text.
    """
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(50_000)]
    frequency = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    late: list[list[str]] = []
    for number in range(texts):
        if late and chance.random() < _COPIES:
            words = list(chance.choice(late))
            start = chance.randint(0, 60)
            words = [word for word in words[start:] if chance.random() > 0.03]
        else:
            words = chance.choices(vocabulary, cum_weights=frequency, k=_WORDS)
            late = [*late[-200:], words]
        yield number, [" ".join(words[at : at + 40]) for at in range(0, len(words), 40)]


def hard_texts(texts: int) -> list[tuple[list[str], dict[str, Any]]]:
    """Return lines and facts of texts that are harder: copies of copies, recurring paragraphs, teasers, moved times.

    Ten thousand make a week, as in `make`; one in ten is a teaser, one in twenty carries one of three paragraphs that
    recur in all weeks, and each time is moved by a day at most, either way.
    """
    chance = random.Random(11)
    vocabulary = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(50_000)]
    frequency = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    paragraphs = [chance.choices(vocabulary, cum_weights=frequency, k=40) for _ in range(3)]
    late: list[list[str]] = []
    made = []
    for number in range(texts):
        if late and chance.random() < _COPIES:
            words = list(chance.choice(late))
            words = [word for word in words[chance.randint(0, min(60, len(words) // 2)) :] if chance.random() > 0.03]
            if chance.random() < 0.2:
                words += chance.choices(vocabulary, cum_weights=frequency, k=chance.randint(50, 200))
            if chance.random() < 0.3:
                late.append(words)
        else:
            length = _WORDS if chance.random() > 0.1 else chance.randint(8, 60)
            words = chance.choices(vocabulary, cum_weights=frequency, k=length)
            late = [*late[-200:], words]
        printed = [*words, *chance.choice(paragraphs)] if chance.random() < 0.05 else words
        facts = {
            "id": f"text-{number:06}",
            "outlet": f"outlet-{chance.randint(0, 39)}",
            "published": 1_600_000_000 + number * 7 * _DAY // 10_000 + chance.randint(-_DAY, _DAY),
            "agencies": [chance.choice(["ap", "pti-bhasha", "reuters"])] if chance.random() < 0.5 else [],
        }
        made.append(([" ".join(printed)], facts))
    return sorted(made, key=lambda each: each[1]["published"])


def measure_hard(texts: int) -> None:
    """Print one line: time a text in the first and in the last tenth of texts with recurring paragraphs."""
    stories = Stories(MemoryIndex())
    tenths = [0.0] * 10
    for number, (lines, facts) in enumerate(hard_texts(texts)):
        start = time.process_time()
        stories.add(make_text(lines=lines, **facts))
        tenths[number * 10 // texts] += time.process_time() - start
    first, *_, last = (spent / (texts / 10) * 1e6 for spent in tenths)
    print(f"hard    {texts:8} {first:8.0f} {last:8.0f} {last / first:9.2f}", flush=True)


def make(number: int, lines: list[str]) -> Text:
    """Return a text whose time of publication follows from its number: ten thousand texts are a week."""
    published = number * 7 * _DAY // 10_000
    return make_text(id=f"text-{number}", outlet=f"outlet-{number % 30}", published=published, lines=lines)


def resident() -> int:
    """Return the resident set size of this process in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024
    raise OSError("/proc/self/status names no VmRSS")


def measure(where: str, texts: int) -> None:
    """Print one line: time per text over all texts and over the last tenth, ratio to the floor, RAM per text."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/stories.db")
        stories = Stories(MemoryIndex())
        before, floor, all_, last = resident(), 0.0, 0.0, 0.0
        for number, lines in lines_of(texts):
            start = time.process_time()
            words = " ".join(lines).split()
            [" ".join(words[at : at + 4]) for at in range(len(words) - 3)]
            middle = time.process_time()
            text = make(number, lines)
            if where == "memory":
                stories.add(text)
            else:
                store.storybook.add(text, number)  # a commit each, as in a crawl
            took = time.process_time() - middle
            floor += middle - start
            all_ += took
            last += took if number >= texts * 0.9 else 0.0
        used = (resident() - before) / texts
        store.close()
    each, late = all_ / texts, last / (texts * 0.1)
    print(
        f"{where:7} {texts:8} {each * 1e6:8.0f} {late * 1e6:8.0f} {1 / each:9.0f} {all_ / floor:8.2f} {used:9.0f}",
        flush=True,
    )


def main() -> None:
    """Measure each line in its own process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", nargs=2, metavar=("WHERE", "TEXTS"), help="one line: memory, sqlite or hard, and how many"
    )
    parser.add_argument("--most", type=int, default=200_000, help="default: 200000")
    options = parser.parse_args()
    if options.only and options.only[0] == "hard":
        measure_hard(int(options.only[1]))
        return
    if options.only:
        measure(options.only[0], int(options.only[1]))
        return
    print("where      texts  us/text  us/last   texts/s  x floor  RAM B/text")
    passed = []
    for where in ("memory", "sqlite"):
        first = 0.0
        for texts in sorted({min(size, options.most) for size in (10_000, 50_000, 200_000)}):
            command = [sys.executable, __file__, "--only", where, str(texts)]
            line = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            print(line, end="", flush=True)
            each, last, rate, _, used = map(float, line.split()[2:])
            first = first or each
            if rate < _FEWEST_A_SECOND[where]:
                passed.append(f"{where}, {texts} texts: {rate:.0f} a second, at least {_FEWEST_A_SECOND[where]} wanted")
            if last > _FLAT * first:
                passed.append(
                    f"{where}, {texts} texts: the last take {last:.0f} us each, the first {first:.0f}: not flat"
                )
            if where == "sqlite" and texts >= _SPREAD and used > _MOST_RAM:
                passed.append(f"sqlite, {texts} texts: {used:.0f} bytes of RAM a text, at most {_MOST_RAM} wanted")
    print("          texts us/first  us/last     ratio")
    command = [sys.executable, __file__, "--only", "hard", str(min(_HARD, options.most))]
    line = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(line, end="", flush=True)
    if float(line.split()[-1]) > _FLAT:
        passed.append(f"recurring paragraphs: the last tenth takes {line.split()[-1]} times the first: not flat")
    if passed:
        sys.exit("limits passed:\n" + "\n".join(passed))


if __name__ == "__main__":
    main()
