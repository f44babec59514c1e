"""Measure the clustering of stories: time, RAM and disk per text, beside rensa, a MinHash library, in the same rounds.

    python tools/bench_stories.py [--peers PYTHON]

Each work has a process of its own. The floor is what every near-duplicate finder needs: the list of a text's four-word
strings. `--peers` names the Python of an environment that holds rensa, which finds fewer copies and gives no reasons.
Exit code 1 if a limit is exceeded on a quiet machine.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crawler.store import open_store  # noqa: E402
from crawler.stories.index import MemoryIndex  # noqa: E402
from crawler.stories.stories import Stories  # noqa: E402
from crawler.stories.text import Text, make_text  # noqa: E402
from tools.bench import Bench, Figure, interleaved, ratios, run  # noqa: E402
from tools.peers import version_of  # noqa: E402
from tools.store_growth import measure_growth  # noqa: E402

_SYLLABLES = [a + b for a in "कखगचजटडतदनपबमयरलवसह" for b in ("", "ा", "ि", "ी", "ु", "े", "ो", "ं")]
_WORDS = 300
"""Words per text."""
_COPIES = 0.3
"""Share of texts that are edited copies of one of the last 200."""
_DAY = 86_400
_ROUNDS = 5
_TEXTS = {"memory": 12_000, "store": 6_000, "command": 8_000, "hard": 30_000, "rensa": 12_000}
"""Number of texts of a measurement."""
_FEWEST_A_SECOND = {"memory": 3_600, "store": 1_150, "command": 1_500}
"""Minimum number of texts per second."""
_MOST_RAM = 3_000
"""Maximum RAM in bytes of a further text in memory."""
_MOST_ON_DISK, _MOST_AT_FIRST = 1_000, 3_150
"""Maximum bytes on disk of an article, after its window and within it."""
_FLAT = 1.3
"""Maximum time of the last tenth of texts with recurring paragraphs, as a multiple of that after the first week."""


_TITLES = {
    "memory": "in memory",
    "store": "in the store, a commit each",
    "command": "`scrapy stories`, with its start",
}


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


def measured(add: Callable[[int, list[str]], object], texts: int) -> dict[str, float]:
    """Return seconds a text, those of the floor, and bytes of RAM a text: of the last two thirds of some texts.

    In the first third the caches fill.
    """
    first, before, spent, floor = texts // 3, 0, 0.0, 0.0
    for number, lines in lines_of(texts):
        if number == first:
            before, spent, floor = resident(), 0.0, 0.0
        start = time.process_time()
        words = " ".join(lines).split()
        [" ".join(words[at : at + 4]) for at in range(len(words) - 3)]
        middle = time.process_time()
        add(number, lines)
        spent += time.process_time() - middle
        floor += middle - start
    count = texts - first
    return {"seconds": spent / count, "floor": floor / count, "ram": (resident() - before) / count}


def memory(texts: int) -> dict[str, float]:
    """Measure the index in memory."""
    stories = Stories(MemoryIndex())
    return measured(lambda number, lines: stories.add(make(number, lines)), texts)


def store(texts: int) -> dict[str, float]:
    """Measure the index in a file, with a commit each, as in a crawl."""
    with tempfile.TemporaryDirectory() as folder, closing(open_store(f"sqlite:///{folder}/v.db")) as opened:
        return measured(lambda number, lines: opened.storybook.add(make(number, lines), number), texts)


def hard(texts: int) -> dict[str, float]:
    """Measure texts with recurring paragraphs, copies of copies and teasers: three weeks of them."""
    stories, tenths = Stories(MemoryIndex()), [0.0] * 10
    for number, (lines, facts) in enumerate(hard_texts(texts)):
        start = time.process_time()
        stories.add(make_text(lines=lines, **facts))
        tenths[number * 10 // texts] += time.process_time() - start
    return {"seconds": sum(tenths) / texts, "flat": tenths[-1] / tenths[3]}


def rensa(texts: int) -> dict[str, float]:
    """Measure rensa with 128 permutations in 32 bands, on the four-word strings of the same texts."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)

    def add(number: int, lines: list[str]) -> None:
        words = " ".join(lines).split()
        hashes = RMinHash(num_perm=128, seed=42)
        hashes.update([" ".join(words[at : at + 4]) for at in range(len(words) - 3)])
        index.query(hashes)
        index.insert(number, hashes)

    return measured(add, texts)


WORKS: dict[str, Callable[[int], dict[str, float]]] = {"memory": memory, "store": store, "hard": hard, "rensa": rensa}


class Rounds:
    """What each work measured in each round, beside its time."""

    def __init__(self, peers: str | None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._pythons = {"rensa": peers or ""}
        self.said: dict[str, list[dict[str, float]]] = {}

    def worker(self, name: str) -> float:
        """Run a work in a process of its own; return its seconds a text."""
        words = [self._pythons.get(name, sys.executable), __file__, "--work", name]
        used = run(words, folder=ROOT)
        said: dict[str, float] = json.loads(used.output)
        self.said.setdefault(name, []).append({**said, "peak": used.peak})
        return said["seconds"]

    def command(self) -> float:
        """Run `scrapy stories` on a file of records; return its CPU seconds a text, with those of its start."""
        file, texts = Path(self._folder.name) / "articles.jsonl", _TEXTS["command"]
        if not file.exists():
            rows = (_row(number, lines) for number, lines in lines_of(texts))
            file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
        used = run([sys.executable, "-m", "scrapy", "stories", str(file)], folder=ROOT)
        if len(used.output.splitlines()) != texts:
            raise ValueError(used.errors)
        self.said.setdefault("command", []).append({"peak": used.peak})
        return used.cpu / texts

    def of(self, work: str, name: str) -> list[float]:
        """Return a figure of a work in each round that counts."""
        return [said[name] for said in self.said[work][-_ROUNDS:]]

    def end(self) -> None:
        self._folder.cleanup()


def _row(number: int, lines: list[str]) -> dict[str, Any]:
    published = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_600_000_000 + number * 7 * _DAY // 10_000))
    return {
        "id": f"text-{number}",
        "outlet": f"outlet-{number % 30}",
        "published_at": published,
        "text": "\n".join(lines),
        "credits": [],
        "dateline": None,
    }


def compare_all(peers: str | None) -> int:
    """Measure all works in interleaved rounds."""
    bench = Bench("Stories: texts of 300 words as they arrive, three in ten of them copies")
    rounds = Rounds(peers)
    works = {name: partial(rounds.worker, name) for name in WORKS if name != "rensa" or peers}
    found = interleaved({**works, "command": rounds.command}, _ROUNDS)
    found["floor"] = rounds.of("memory", "floor")
    figures = [
        Figure(name=title, values=_a_second(found[name]), unit="texts/s", least=_FEWEST_A_SECOND[name])
        for name, title in _TITLES.items()
    ]
    flat = "texts with recurring paragraphs, the third week by the second"
    figures += [
        Figure(name="in memory, by lists of four-word strings", values=ratios(found, "memory", "floor")),
        Figure(name="RAM of a further text in memory", values=rounds.of("memory", "ram"), unit="bytes", most=_MOST_RAM),
        Figure(name=flat, values=rounds.of("hard", "flat"), most=_FLAT),
        *(Figure(name=f"peak memory, {_TITLES[name]}", values=rounds.of(name, "peak"), unit="MB") for name in _TITLES),
        *_on_disk(),
    ]
    if peers:
        figures += [
            Figure(name=f"rensa {version_of('rensa') or ''}".strip(), values=_a_second(found["rensa"]), unit="texts/s"),
            Figure(name="  RAM of a further text", values=rounds.of("rensa", "ram"), unit="bytes"),
            Figure(name="  in memory, by rensa's time", values=ratios(found, "memory", "rensa")),
        ]
    rounds.end()
    return bench.verdict(figures)


def _on_disk() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        growth = measure_growth(Path(folder))
    first = growth.later + growth.more
    return [
        Figure(name="an article on disk", values=[growth.later], unit="bytes", most=_MOST_ON_DISK),
        Figure(name="  within its window", values=[first], unit="bytes", most=_MOST_AT_FIRST),
    ]


def _a_second(seconds: Sequence[float]) -> list[float]:
    return [1 / each for each in seconds]


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the clustering of stories.")
    parser.add_argument("--peers", metavar="PYTHON", default=os.environ.get("VIDESH_BENCH_PEERS"))
    parser.add_argument("--work", choices=WORKS, help="one measurement alone, as JSON")
    parser.add_argument("--texts", type=int, help="for --work: how many texts")
    asked = parser.parse_args()
    if asked.work:
        print(json.dumps(WORKS[asked.work](asked.texts or _TEXTS[asked.work])))
        return 0
    return compare_all(asked.peers)


if __name__ == "__main__":
    sys.exit(main())
