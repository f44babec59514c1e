"""The rules of docs/architecture.md: what each package may import, and names that stand once."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("crawler", "spiders", "pipelines")

# Each package or module, from the lowest layer to the highest, with the earlier ones that it may import.
MAY_IMPORT = {
    "crawler.settings": "",
    "crawler.data": "",
    "crawler.signals": "",
    "crawler.stats": "",
    "crawler.notes": "",
    "crawler.clock": "",
    "crawler.rendered": "",
    "crawler.home": "",
    "crawler.program": "",
    "crawler.masking": "",
    "crawler.trying": "",
    "crawler.lock": "",
    "crawler.whole_files": "",
    "crawler.page_templates": "",
    "crawler.usage": "masking program",
    "crawler.reasons": "",
    "crawler.limits": "",
    "crawler.url_parts": "limits",
    "crawler.unpacking": "reasons",
    "crawler.text": "",
    "crawler.items": "text",
    "crawler.outlets": "items url_parts",
    "crawler.schema": "items",
    "crawler.shelves": "schema",
    "crawler.stories": "text",
    "crawler.reading": "items limits reasons text url_parts",
    "crawler.archive": "lock notes reasons unpacking url_parts",
    "crawler.store": "clock items lock masking shelves stories text whole_files",
    "crawler.discovery": "items limits reading reasons text unpacking url_parts",
    "crawler.downloading": "clock discovery limits notes reading reasons signals store unpacking url_parts",
    "crawler.browser": "discovery downloading limits reading rendered signals",
    "crawler.exports": "items lock masking schema shelves store text url_parts whole_files",
    "crawler.reports": "discovery downloading exports items page_templates program reasons schema shelves store "
    "whole_files",
    "crawler.edition": "exports items lock page_templates reports shelves text url_parts whole_files",
    "crawler.crawling": "clock discovery downloading exports items masking notes reading reasons shelves signals store "
    "trying url_parts",
    "crawler.runs": "archive browser clock crawling discovery downloading exports items lock masking outlets program "
    "reasons reports settings shelves store trying",
    "crawler.printing": "exports masking runs",
    "crawler.authoring": "archive discovery downloading items limits lock notes outlets reading reasons "
    "text trying url_parts whole_files",
    "crawler.bulk": "archive authoring exports home items printing reasons runs schema shelves stories whole_files",
    "crawler.commands": "archive authoring bulk clock crawling discovery downloading edition exports home items "
    "masking notes outlets printing program reading reasons reports runs schema shelves store stories text trying "
    "url_parts usage whole_files",
    "crawler.command_line": "home program usage",
    "crawler.videsh": "command_line",
    "crawler.library": "archive authoring home items outlets reading reasons runs url_parts videsh",
    "spiders": "clock discovery items notes reading reasons rendered signals",
    "pipelines": "clock items reasons shelves store stories text",
}
# The third-party libraries that these may import; Scrapy is none of them, so they can be used without it.
LIBRARIES = {
    "crawler.settings": "",
    "crawler.data": "",
    "crawler.signals": "",
    "crawler.url_parts": "",
    "crawler.text": "",
    "crawler.items": "msgspec",
    "crawler.schema": "itemadapter",
    "crawler.stories": "",
    "crawler.reading": "dateparser lxml parsel publicsuffixlist trafilatura w3lib",
}
# A command may have the same file name as its topic.
NAMES_OF_TWO = {"check", "edition", "export", "outlets", "schema", "settings", "stories", "store"}
# The customs of Scrapy and of logging: the class of each command, and the logger of each module.
NAMES_OF_CUSTOM = {"Command", "logger"}


def modules(package: str) -> list[Path]:
    path = ROOT / package.replace(".", "/")
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    """Return the tree of each module of the product."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in files()}


def imports(path: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            names = [alias.name for alias in node.names] if node.module in PACKAGES else [""]
            yield from (f"{node.module}.{name}".rstrip(".") for name in names)


def package_of(name: str) -> str:
    """Return the package that an import names; `crawler` for crawler.__version__."""
    return next((package for package in MAY_IMPORT if f"{name}.".startswith(f"{package}.")), name.split(".")[0])


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_lies_below_it(package: str, trees: dict[Path, ast.Module]) -> None:
    allowed = {f"crawler.{name}" for name in MAY_IMPORT[package].split()} | {package, "crawler"}  # for __version__
    for path in modules(package):
        for name in imports(path, trees[path]):
            if name.split(".")[0] in PACKAGES:
                fault = f"{path.relative_to(ROOT)} imports {name}; {package} may import {sorted(allowed)}"
                assert package_of(name) in allowed, fault


@pytest.mark.parametrize("package", LIBRARIES)
def test_a_package_that_knows_nothing_of_scrapy_imports_only_its_libraries(
    package: str, trees: dict[Path, ast.Module]
) -> None:
    allowed = sys.stdlib_module_names | {*PACKAGES, *LIBRARIES[package].split()}
    for path in modules(package):
        for name in imports(path, trees[path]):
            assert name.split(".")[0] in allowed, f"{path.relative_to(ROOT)} imports {name}"


def test_every_package_has_its_place_and_no_arrow_goes_up() -> None:
    parts = [path.relative_to(ROOT).with_suffix("").parts for path in files()]
    there = {".".join(names[: 1 + (names[0] == "crawler")]) for names in parts} - {"crawler.__init__"}
    order = list(MAY_IMPORT)

    assert there == set(order)
    for package, names in MAY_IMPORT.items():
        below = order[: order.index(package)]
        assert {f"crawler.{name}" for name in names.split()} <= set(below), f"{package} may import what lies above it"


def test_a_file_name_stands_once_save_those_of_commands() -> None:
    names = Counter(path.stem for path in files() if path.name != "__init__.py")

    assert {name for name, count in names.items() if count > 1} <= NAMES_OF_TWO
    assert max(names.values()) <= 2


def test_a_public_name_stands_once_save_two_that_are_custom(trees: dict[Path, ast.Module]) -> None:
    places = [(name, str(path.relative_to(ROOT))) for path, tree in trees.items() for name in public_names(tree)]
    counts = Counter(name for name, _ in places)

    twice = [place for place in places if counts[place[0]] > 1 and place[0] not in NAMES_OF_CUSTOM]
    assert not twice, f"rename all but one of each: {sorted(twice)}"


def public_names(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module defines at its top level, without those that begin with an underscore."""
    for node in tree.body:
        names: list[str] = []
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):  # types with a name of their own, and constants
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        yield from (name for name in names if not name.startswith("_"))


def files() -> list[Path]:
    return [path for package in PACKAGES for path in modules(package)]


def test_every_package_has_its_folder_of_tests() -> None:
    packages = [path for path in (ROOT / "crawler").iterdir() if {*path.glob("*.py")} - {path / "__init__.py"}]

    assert len(packages) > 10
    untested = [path.name for path in packages if not any((ROOT / "tests" / path.name).glob("test_*.py"))]
    assert not untested, f"crawler/ has packages without tests/<name>/test_*.py: {untested}"


# Packages that judge a charset.
CHARSETS = {"chardet", "charset_normalizer", "cchardet", "bs4", "ftfy"}

# Scrapy's own keys, which it documents, and the two values that are ours.
META_KEYS = {"ask", "notes", "redirect_urls", "download_slot", "download_latency", "dont_retry"}
META_KEYS |= {"handle_httpstatus_list", "allow_offsite", "proxy", "download_timeout"}


def test_what_is_ours_in_the_meta_of_a_request_is_one_ask_and_one_value_of_notes(trees: dict[Path, ast.Module]) -> None:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            for key in meta_keys(node):
                assert key in META_KEYS, f"{path.relative_to(ROOT)}: request.meta[{key!r}]"


def meta_keys(node: ast.AST) -> Iterator[str]:
    """Yield the keys by which an expression reads, writes or asks `….meta`."""
    found: ast.AST | None = None
    if isinstance(node, ast.Subscript) and is_meta(node.value):
        found = node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_meta(node.func.value) and node.args:
        found = node.args[0]
    elif isinstance(node, ast.Compare) and any(map(is_meta, node.comparators)):
        found = ast.Constant(f"{ast.unparse(node.left)} in")  # what kind a request is, is not asked of its keys
    if isinstance(found, ast.Constant):
        yield str(found.value)


def is_meta(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "meta"


def test_no_statistic_is_read_back_from_the_keys_that_people_read(trees: dict[Path, ast.Module]) -> None:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            is_read = isinstance(node, ast.Attribute) and node.attr == "get_stats"
            assert not is_read, f"{path.relative_to(ROOT)}: reads all stats; count into a value, and read that"


def test_the_id_of_an_article_is_set_in_the_spider_alone(trees: dict[Path, ast.Module]) -> None:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            is_set = any(ast.unparse(target) in ("article.id", "item.id") for target in targets)
            assert not is_set or path == ROOT / "spiders" / "base.py", f"{path.relative_to(ROOT)} sets an article's id"


def test_the_charset_of_what_was_fetched_is_judged_in_one_place(trees: dict[Path, ast.Module]) -> None:
    for path, tree in trees.items():
        judges = [name for name in imports(path, tree) if name.split(".")[0] in CHARSETS or name == "w3lib.encoding"]
        assert not judges or path.stem == "markup", f"{path.relative_to(ROOT)} imports {judges}"
        for node in ast.walk(tree):
            is_scrapys = isinstance(node, ast.Attribute) and ast.unparse(node) in ("response.text", "response.encoding")
            assert not is_scrapys, f"{path.relative_to(ROOT)}: {ast.unparse(node)} is decoded by Scrapy's own rules"


def test_the_time_of_a_crawl_and_its_redirects_are_each_read_in_one_place() -> None:
    for word, places in (("CRAWL_TIME", {"clock", "settings", "checks"}), ("redirect_urls", {"notes"})):
        found = {path.stem for path in files() if f'"{word}"' in path.read_text(encoding="utf-8")}
        assert found <= places, word


def test_no_query_numbers_its_parameters() -> None:
    """Python 3.12.0 to 3.12.3 take `?1` for a named parameter, and warn when they get a sequence."""
    numbered = re.compile(r"[=<>+,(-]\s*\?[1-9]")
    files = sorted((ROOT / "crawler" / "store").rglob("*.py"))

    assert files
    assert not [path.name for path in files if numbered.search(path.read_text(encoding="utf-8"))]
