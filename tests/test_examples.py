"""Every example in a docstring gives what it says."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROMPT = ">>> "


def modules_with_examples() -> list[str]:
    paths = (path for package in ("crawler", "pipelines", "spiders") for path in (ROOT / package).rglob("*.py"))
    found = (path.relative_to(ROOT) for path in paths if PROMPT in path.read_text(encoding="utf-8"))
    return sorted(".".join(path.with_suffix("").parts) for path in found)


@pytest.mark.parametrize("name", modules_with_examples())
def test_every_example_gives_what_it_says(name: str) -> None:
    module = importlib.import_module(name)
    runner, said = doctest.DocTestRunner(), list[str]()

    for examples in doctest.DocTestFinder().find(module, name):
        runner.run(examples, out=said.append)

    assert not runner.failures, "".join(said)
    assert runner.tries == Path(str(module.__file__)).read_text(encoding="utf-8").count(PROMPT), "an example is not run"
