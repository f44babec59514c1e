"""Which pages of an archive are wanted."""

from dataclasses import fields

from crawler.authoring.wanted import Wanted


def test_the_mark_of_a_job_holds_every_filter() -> None:
    wanted = Wanted(outlets=frozenset({"zee", "abp"}), hosts=frozenset({"a.example"}), languages=frozenset({"hi"}))

    assert wanted.filters() == {"outlets": ["abp", "zee"], "hosts": ["a.example"], "languages": ["hi"]}
    assert wanted.filters().keys() == {field.name for field in fields(Wanted)}
