"""Which pages of an archive are wanted: by outlet, host and language."""

from dataclasses import dataclass, fields

from crawler.authoring.page_language import may_be_in, stated_languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pages of an archive are read: those of an outlet or host that is named, or all if none is."""

    outlets: frozenset[str] = frozenset()
    """Slugs."""
    hosts: frozenset[str] = frozenset()
    """Hosts in lower case; what lies below one belongs to it."""
    languages: frozenset[str] = frozenset()
    """Primary tags of BCP 47: `hi`."""

    def filters(self) -> dict[str, list[str]]:
        """Return what is wanted, by the name of the filter, for the mark of a job that may go on later."""
        return {field.name: sorted(getattr(self, field.name)) for field in fields(self)}

    def may_be_in_language(self, stated: str, body: bytes) -> bool:
        """Return whether a page may be in a language that is wanted; what is stated decides, else its first 64 KB."""
        if not self.languages or self.languages & stated_languages(stated):
            return True
        return may_be_in(self.languages, body)
