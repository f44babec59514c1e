"""The agencies that reports are credited to and the media that they quote, from `crawler/data/agencies.toml`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal, get_args

from crawler.text.fold import fold, fold_name

AgencyKind = Literal["agency", "media", "unnamed"]

_FILE = "crawler/data/agencies.toml"
_KEYS = frozenset(("id", "name", "english", "spellings", "kind", "country", "wikidata", "credit", "traps"))
_Tree = dict[str, "_Tree"]
_LETTER = "\u0900-\u0963a-z0-9"
_FIRST_LETTERS = frozenset("कसहमपबजनअदलरआवइफतगयभचउएशडख")
"""Letters with which nine of ten words of Hindi news begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A news agency, or a medium that Hindi reports quote."""

    id: str
    """Identifier, as records hold it: `pti-bhasha`."""

    name: str
    """Name in Hindi: `एसोसिएटेड प्रेस`."""

    english: str
    """Name in English."""

    kind: AgencyKind
    """`agency`, `media`, or `unnamed` for the word एजेंसियां itself."""

    country: str | None
    """ISO 3166-1 alpha-2, or None."""

    wikidata: str | None
    """Wikidata item, or None."""

    may_credit: bool
    """Whether it may be a credit; if not, reports only quote it."""

    spellings: tuple[str, ...] = field(repr=False)
    """All spellings, folded; `name` is the first."""

    traps: Mapping[str, tuple[str, ...]] = field(repr=False, hash=False)
    """Folded spellings with another meaning → folded words nearby that show that meaning, often none."""

    silent: frozenset[str] = field(repr=False, hash=False)
    """Folded spellings in `traps` that otherwise name no person or body: if तास says something, it is the agency."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency's name in a folded text."""

    agency: Agency
    start: int
    """Index of its first character in the folded text."""
    end: int
    """Index after its last character."""
    is_trap: bool
    """Whether the spelling has another meaning: `भाषा` (language), `एपी`."""


@lru_cache(maxsize=1)
def agencies() -> tuple[Agency, ...]:
    """Return every agency and medium, sorted by id."""
    return read_agencies(resources.files("crawler.data").joinpath("agencies.toml").read_text(encoding="utf-8"), _FILE)


def find_agency(name: str) -> Agency | None:
    """Return the agency with this name, spelling or id, or None.

    >>> find_agency("प्रेट्र").id
    'pti-bhasha'
    """
    folded = fold_name(name)
    return _by_spelling().get(folded) or _by_id().get(name)


def is_trap(spelling: str) -> bool:
    """Return whether a spelling of an agency also means something else: `भाषा` (language), `वार्ता` (talks)."""
    agency = find_agency(spelling)
    return agency is not None and fold_name(spelling) in agency.traps


def mentions(folded: str) -> Iterator[Mention]:
    """Yield the names of agencies in a folded text from left to right; of overlapping names, the longest."""
    for found in _pattern().finditer(f" {folded}"):  # the space is the boundary before a name at the very start
        yield _mention(found[1], found.start(1) - 1)


def _mention(spelling: str, start: int) -> Mention:
    agency = _by_spelling()[spelling]
    return Mention(agency, start, start + len(spelling), spelling in agency.traps)


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Agency]:
    return {agency.id: agency for agency in agencies()}


@lru_cache(maxsize=1)
def _by_spelling() -> dict[str, Agency]:
    return {spelling: agency for agency in agencies() for spelling in agency.spellings}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Compile all spellings into one pattern, a tree of letters; a search tries it at the beginning of words only.

    `re` compares a letter with the first one of each branch in turn: the branches of letters with which few words begin
    are put together, behind one set of letters.
    """
    tree: _Tree = {}
    for spelling in _by_spelling():
        branch = tree
        for letter in spelling:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    seldom = "".join(sorted(tree.keys() - _FIRST_LETTERS))
    rare = "|".join(f"(?<={re.escape(letter)}){_tails(tree[letter])}" for letter in seldom)
    common = "|".join(re.escape(letter) + _tails(tree[letter]) for letter in sorted(tree.keys() & _FIRST_LETTERS))
    return re.compile(f"[^{_LETTER}]([{re.escape(seldom)}](?:{rare})|{common})(?![{_LETTER}])")


def _tails(branch: _Tree) -> str:
    tails = [re.escape(letter) + _tails(rest) for letter, rest in sorted(branch.items()) if letter]
    if not tails:
        return ""
    together = tails[0] if len(tails) == 1 and "" not in branch else f"(?:{'|'.join(tails)})"
    return together + "?" if "" in branch else together


def read_agencies(toml: str, file: str) -> tuple[Agency, ...]:
    """Parse agencies from TOML text; `file` is its name for error messages. Raise ValueError if an entry is wrong."""
    try:
        entries = tomllib.loads(toml)["agency"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise ValueError(f"{file}: {error}; it must be TOML with [[agency]] entries") from error
    read = tuple(_agency(entry, f"{file}: agency {number}") for number, entry in enumerate(entries, start=1))
    _check_order(read, file)
    _check_spellings(read, file)
    return read


def _agency(entry: dict[str, Any], where: str) -> Agency:
    where = f"{where} ({entry.get('id', 'no id')})"
    for key in entry.keys() - _KEYS:
        raise ValueError(f'{where}: "{key}" is not known; the keys are {", ".join(sorted(_KEYS))}')
    for key in ("id", "name", "english"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ValueError(f'{where}: "{key}" is empty; every agency needs it')
    if entry.get("kind") not in (kinds := get_args(AgencyKind)):
        raise ValueError(f'{where}: "kind" is {entry.get("kind")!r}; it must be one of {", ".join(kinds)}')
    if not isinstance(entry.get("credit"), bool):
        raise ValueError(f'{where}: "credit" must be true or false')
    _check_pattern(entry, "country", "[A-Z]{2}", where)
    _check_pattern(entry, "wikidata", "Q[1-9][0-9]*", where)
    names = [entry["name"], *entry.get("spellings", ())]
    spellings = tuple(dict.fromkeys(fold_name(name) for name in names))
    return Agency(
        id=entry["id"],
        name=entry["name"],
        english=entry["english"],
        kind=entry["kind"],
        country=entry.get("country"),
        wikidata=entry.get("wikidata"),
        may_credit=entry["credit"],
        spellings=spellings,
        traps=dict(_trap(trap, spellings, where) for trap in entry.get("traps", ())),
        silent=frozenset(fold(trap["spelling"]) for trap in entry.get("traps", ()) if trap.get("silent")),
    )


def _trap(trap: dict[str, Any], spellings: tuple[str, ...], where: str) -> tuple[str, tuple[str, ...]]:
    spelling = fold(trap.get("spelling", ""))
    if spelling not in spellings:
        raise ValueError(f'{where}: trap "{trap.get("spelling")}" is not one of its spellings')
    if not trap.get("means"):
        raise ValueError(f'{where}: trap "{trap["spelling"]}" must say what else it "means"')
    return spelling, tuple(fold(word) for word in trap.get("near", ()))


def _check_pattern(entry: dict[str, Any], key: str, pattern: str, where: str) -> None:
    value = entry.get(key)
    if value is not None and not re.fullmatch(pattern, str(value)):
        raise ValueError(f'{where}: "{key}" is {value!r}; it must look like {pattern}')


def _check_order(read: tuple[Agency, ...], file: str) -> None:
    for before, after in pairwise(read):
        if before.id >= after.id:
            raise ValueError(f"{file}: {after.id} stands after {before.id}; entries are sorted by id, each once")


def _check_spellings(read: tuple[Agency, ...], file: str) -> None:
    owners: dict[str, str] = {}
    for agency in read:
        for spelling in agency.spellings:
            owner = owners.setdefault(spelling, agency.id)
            if owner != agency.id:
                raise ValueError(f'{file}: "{spelling}" belongs to {owner} and to {agency.id}; it can name only one')
