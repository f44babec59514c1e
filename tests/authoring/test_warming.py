"""What pages need is read once, before processes are forked."""

from scrapy.utils.project import get_project_settings

from crawler.authoring.rereading import Rereader
from crawler.authoring.warming import warm
from crawler.text.gazetteer import gazetteer


def test_the_largest_lexicon_is_there_before_processes_are_forked() -> None:
    gazetteer.cache_clear()

    warm(Rereader(get_project_settings()))

    assert gazetteer.cache_info().currsize == 1


def test_settings_that_refuse_the_page_do_no_harm() -> None:
    settings = get_project_settings()
    settings.set("LANGUAGES", ["ne"], priority="cmdline")

    warm(Rereader(settings))
