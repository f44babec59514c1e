"""scrapy doctor: say what is wrong with an outlet and what to fix."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.clock import moment
from crawler.program import as_typed
from crawler.runs.exit_code import ExitCode

if TYPE_CHECKING:
    from crawler.reports.diagnosis import Diagnosis


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return "[OUTLET...]"

    def short_desc(self) -> str:
        return "Say what is wrong with an outlet and what to fix"

    def long_desc(self) -> str:
        return (
            "Reads the last runs in the STORE and says of each outlet whether it is as usual, and if not, what "
            "happened and what to do. --live asks the outlet's listings and reads one article as well, and needs an "
            "outlet's name. Ends with exit code 4 when something is to be fixed."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--live", action="store_true", help="ask the outlet's listings, and read one article")
        parser.add_argument("--replay", metavar="ARCHIVE", help="with --live: answer from an archive, not the network")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.authoring.fetching import quietly

        super().process_options(args, opts)
        assert self.settings is not None
        quietly(self.settings)
        if opts.replay:
            self.settings.set("ARCHIVE_REPLAY", opts.replay, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.outlets import load_outlets, unknown_outlet
        from crawler.reports.diagnosis import diagnose, usual_line

        assert self.settings is not None
        outlets = load_outlets(self.settings)
        self._sites = {name: f"https://{spider.outlet.hosts[0]}/" for name, spider in outlets.items()}
        for name in args:
            if name not in outlets:
                raise unknown_outlet(name, outlets)
        if opts.live and len(args) != 1:
            raise UsageError("--live asks one outlet: scrapy doctor indiatv --live", print_help=False)
        if opts.live:
            self._examine(outlets[args[0]])
        for name, runs in self._histories(args or list(outlets), needed=not opts.live):
            self._print(diagnose(name, runs), usual_line(runs[1:]) if runs[1:] else "", is_long=bool(args))

    def _histories(self, names: list[str], *, needed: bool) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        from crawler.reports.advice import OFFLINE
        from crawler.reports.alarms import ALL_OUTLETS
        from crawler.reports.health import WINDOW
        from crawler.store import StoreError, open_store

        assert self.settings is not None
        address = self.settings.get("STORE")
        if not address and needed:
            message = "STORE is empty: no run is remembered; set it, or look at one outlet with --live"
            raise UsageError(message, print_help=False)
        try:
            store = open_store(address or None, must_exist=bool(address))
        except StoreError as error:
            if needed:
                raise UsageError(
                    f"{error}; crawl first, or look at one outlet with --live", print_help=False
                ) from error
            return
        with closing(store):
            if any(run["state"] == OFFLINE for run in store.runs.last(ALL_OUTLETS, 1)):
                print(f"this machine, in its last run: {OFFLINE}")
                self._print_advice(OFFLINE, names[0])
                self.exitcode = ExitCode.UNREACHABLE
            for name in names:
                yield name, store.runs.last(name, WINDOW + 1)

    def _print(self, diagnosis: Diagnosis, usually: str, *, is_long: bool) -> None:
        from crawler.reports.health import Health

        if diagnosis.needs_action and self.exitcode != ExitCode.UNREACHABLE:
            self.exitcode = ExitCode.GATE_FAILED
        if not is_long and diagnosis.state == Health.UNKNOWN:
            print(f"{diagnosis.outlet}: no run has crawled it")
            return
        print(f"{diagnosis.outlet}: {diagnosis.state}{f' ({usually})' if usually else ''}")
        for seen, todo in diagnosis.findings:
            print(as_typed(f"  {seen}; {todo}"))
        if diagnosis.needs_action or is_long:
            self._print_advice(diagnosis.state, diagnosis.outlet)

    def _print_advice(self, state: str, outlet: str, page: str | None = None) -> None:
        from crawler.reports.advice import advice_for

        meaning, todo = advice_for(state, outlet, self._sites[outlet], page)
        print(f"  {meaning}")
        if todo != "nothing":
            print(as_typed(f"  Next: {todo}"))

    def _examine(self, spider: Any) -> None:
        from crawler.authoring.examination import Examination
        from crawler.authoring.fetching import FetchSpider
        from crawler.downloading.answers import answers_of
        from crawler.downloading.reach import is_cut_off
        from crawler.reading.urls import registered_domain
        from crawler.reports.advice import OFFLINE
        from crawler.reports.write import NO_NETWORK
        from crawler.runs.checks import check_settings

        assert self.crawler_process is not None
        assert self.settings is not None
        check_settings(self.settings)
        examination = Examination(spider.outlet, spider.listings, moment(self.settings))
        domains = {registered_domain(f"https://{host}") for host in spider.outlet.hosts}
        crawler = self.crawler_process.create_crawler(FetchSpider)
        self.crawler_process.crawl(
            crawler,
            urls=examination.urls,
            fetched=examination.fetched,
            domains=domains,
            follow=examination.follow,
            name=spider.outlet.slug,
        )
        self.crawler_process.start()
        if is_cut_off([answers_of(crawler).reach]):
            print("{text}; {todo}".format_map(NO_NETWORK), file=sys.stderr)
            print(f"this machine, now: {OFFLINE}")
            self._print_advice(OFFLINE, spider.outlet.slug)
            self.exitcode = ExitCode.UNREACHABLE
            return
        for is_well, line in examination.results():
            print(f"{'well' if is_well else 'FAIL'} {line}")
            if not is_well:
                self.exitcode = ExitCode.GATE_FAILED
        state = examination.state()
        print(f"{spider.outlet.slug}, now: {state}")
        self._print_advice(state, spider.outlet.slug, examination.page)
