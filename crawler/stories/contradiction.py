"""What speaks against two texts being one report: another place or day, other figures and names in a shared frame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.stories.alignment import Gap, SharedRun, gaps, shared_runs
from crawler.stories.text import Text
from crawler.stories.words import FIGURES, word_number
from crawler.text.calendar import calendar

Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""What each of two texts prints."""

_TEMPLATE = 0.5
"""Two texts report two events in one form (a template) if at least this share of their facts differs."""
_FEWEST_FACTS = 1.5
"""Minimum number of differing figures in shared sentences; a dateline alone makes no template."""
_NAME = 0.5
"""Weight of a differing name or word; a figure has the weight 1. The word may be a synonym."""
_WORD = 0.05
"""Weight of an uncommon word that both texts print; a figure has the weight 1."""
_SHORTEST_PASSAGE = 7.0
"""Minimum mean length of a copy's shared passages, in words; two translations share shorter phrases."""
_LEAD = 60
"""Number of words at the start of a text in which its weekdays are searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """How far the facts of two texts agree, and where they differ."""

    figures: tuple[tuple[str, str], ...] = ()
    """Pairs of different figures, as printed, between the same words of a shared sentence."""
    same_figures: int = 0
    """Number of figures that both texts print in shared sentences."""
    names: tuple[Gap, ...] = ()
    """Positions in shared sentences at which the texts print different names or words."""
    same_words: int = 0
    """Uncommon words that stand in both."""
    days: Sides | None = None
    """The dates of both datelines, where they differ."""
    weekdays: Sides | None = None
    """The weekdays that the leads name, where they have none in common."""
    places: Sides | None = None
    """The places of both datelines, where they have none in common."""
    passage: float = 0.0
    """Length of the shared passages in words: the mean over all shared words."""
    agreed: int = 0
    """How many of date, weekday and place both texts name alike, 0 to 3."""

    @property
    def share(self) -> float:
        """Return the share of the facts that differ, by weight, 0 to 1."""
        other_facts = sum(fact is not None for fact in (self.days, self.weekdays, self.places))
        differ = self.in_frame + other_facts
        agree = self.same_figures + _WORD * self.same_words + self.agreed
        return differ / (differ + agree) if differ else 0.0

    @property
    def has_phrases_only(self) -> bool:
        """Return whether the texts share phrases and no passages, as two translations of one report do."""
        return self.passage < _SHORTEST_PASSAGE

    @property
    def in_frame(self) -> float:
        """Return how many figures of a shared frame differ; a name counts as a part of one."""
        return len(self.figures) + _NAME * len(self.names)

    @property
    def is_template(self) -> bool:
        """Return whether the two fill one form with two events, however much of the form they share."""
        return self.in_frame >= _FEWEST_FACTS and self.share >= _TEMPLATE

    def mirrored(self) -> "Contradiction":
        """Return the same with the sides exchanged."""
        return replace(
            self,
            figures=tuple((right, left) for left, right in self.figures),
            names=tuple(Gap(gap.other, gap.one) for gap in self.names),
            days=self.days and self.days[::-1],
            weekdays=self.weekdays and self.weekdays[::-1],
            places=self.places and self.places[::-1],
        )


def contradiction(one: Text, other: Text) -> Contradiction:
    """Return how far the facts of two texts agree; exchanging the two exchanges the sides, and nothing else."""
    if other.digest < one.digest:
        return contradiction(other, one).mirrored()
    runs = shared_runs(one.words, other.words)
    figures, same_figures, names = _in_frame(one, other, runs)
    days = _days(one), _days(other)
    weekdays = _weekdays(one), _weekdays(other)
    places = tuple(sorted(one.places)), tuple(sorted(other.places))
    return Contradiction(
        figures=figures,
        same_figures=same_figures,
        names=names,
        same_words=sum([word & 1 for run in runs for word in one.words[run.one : run.one + run.length]]),
        passage=sum(run.length**2 for run in runs) / (sum(run.length for run in runs) or 1),
        days=_apart(days),
        weekdays=_apart(weekdays),
        places=_apart(places),
        agreed=sum(not set(first).isdisjoint(second) for first, second in (days, weekdays, places)),
    )


def _apart(fact: Sides) -> Sides | None:
    """Return both sides of a fact, where both are known and have nothing in common."""
    return fact if all(fact) and set(fact[0]).isdisjoint(fact[1]) else None


def _days(text: Text) -> tuple[str, ...]:
    return (text.dated,) if text.dated else ()


def _weekdays(text: Text) -> tuple[str, ...]:
    """Return the weekdays that a lead names, each by its commonest name."""
    known = _weekday_numbers()
    return tuple(sorted({known[word] for word in text.words[:_LEAD] if word in known}))


@lru_cache(maxsize=1)
def _weekday_numbers() -> dict[int, str]:
    """Return the numbers of the weekdays' names; `मंगल` and `शनि` alone are planets, `रवि` is a man."""
    words = {word: day for word, day in calendar().weekdays.items() if word.endswith("वार")}
    names: dict[int, str] = {}
    for word, day in words.items():
        names.setdefault(day, word)
    return {word_number(word): names[day] for word, day in words.items()}


def _in_frame(
    one: Text, other: Text, runs: Sequence[SharedRun]
) -> tuple[tuple[tuple[str, str], ...], int, tuple[Gap, ...]]:
    """Return the figures that differ in a shared frame, how many are the same, and where other words stand."""
    printed, others = one.printed_figures(), other.printed_figures()
    same = sum([run.one <= at < run.one + run.length for at in printed for run in runs])
    figures: list[tuple[str, str]] = []
    names: list[Gap] = []
    for gap in gaps(runs):
        differ, agree = _differing(_only(one, printed, gap.one), _only(other, others, gap.other))
        same += agree
        figures += differ
        if not differ and _is_name(one, gap.one, other, gap.other):
            names.append(gap)
    return tuple(figures), same, tuple(names)


def _only(text: Text, printed: Mapping[int, str], where: range) -> dict[int, str]:
    """Return the figures of a stretch, by the number of the word."""
    return {text.words[at]: printed[at] for at in where if at in printed}


def _differing(one: Mapping[int, str], other: Mapping[int, str]) -> tuple[list[tuple[str, str]], int]:
    """Return the pairs of figures that differ, in printed order, and how many figures both sides have."""
    left = [figure for word, figure in one.items() if word not in other]
    right = [figure for word, figure in other.items() if word not in one]
    return list(zip(left, right, strict=False)), len(one) - len(left)


def _is_name(one: Text, here: range, other: Text, there: range) -> bool:
    """Return whether each side of a gap has an uncommon word, no figure, that the other has not."""
    left, right = ({text.words[at] for at in where} for text, where in ((one, here), (other, there)))
    known = _weekday_numbers()

    def has_own(mine: set[int], theirs: set[int]) -> bool:
        return any(word & 1 and word < FIGURES and word not in known for word in mine - theirs)

    return has_own(left, right) and has_own(right, left)
