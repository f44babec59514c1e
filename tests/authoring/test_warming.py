"""What pages need is read once, before processes are forked."""

from scrapy.utils.project import get_project_settings

from crawler.authoring.rereading import Rereader
from crawler.authoring.warming import warm
from crawler.text.agencies import agencies
from crawler.text.gazetteer import gazetteer
from crawler.text.people import _people


def test_the_lexicons_are_there_before_processes_are_forked() -> None:
    lexicons = (agencies, gazetteer, _people)
    for lexicon in lexicons:
        lexicon.cache_clear()

    warm(Rereader(get_project_settings()))

    assert all(lexicon.cache_info().currsize == 1 for lexicon in lexicons)


def test_settings_that_refuse_the_page_do_no_harm() -> None:
    settings = get_project_settings()
    settings.set("LANGUAGES", ["ne"], priority="cmdline")

    warm(Rereader(settings))
