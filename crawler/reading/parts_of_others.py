"""Say which elements of a page stand in a part that is not the article's own: comments, cards, promotions."""

from collections.abc import Callable, Iterable

from crawler.reading.tree import Element


class PartsOfOthers:
    """Parts of a page; each element is judged once, as nearly all that are asked about share their ancestors."""

    def __init__(self, own: Iterable[Element], is_one: Callable[[Element], bool | None]) -> None:
        """`own` elements stand in no such part. `is_one` returns None where the elements around it decide."""
        self._is_one = is_one
        self._held = dict.fromkeys(own, False)

    def hold(self, element: Element) -> bool:
        """Return whether an element is such a part or stands in one."""
        asked: list[Element] = []
        held = None
        for each in (element, *element.iterancestors()):
            held = self._held[each] if each in self._held else self._is_one(each)
            asked.append(each)
            if held is not None:
                break
        self._held.update(dict.fromkeys(asked, bool(held)))
        return bool(held)
