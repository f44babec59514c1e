"""Room on the disks of a run: none begins without it, and one that may run out of it is warned."""

import logging
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.runs.room import DISKS, Disk, Room, disk_of
from crawler.runs.run import Run
from crawler.store import open_store

MB = 1_000_000


def settings_in(folder: Path, **more: Any) -> Settings:
    settings = get_project_settings()
    places = {"STORE": f"sqlite:///{folder}/store/v.db", "EXPORTS": f"{folder}/exports"}
    settings.update({**places, "ARCHIVE_RECORD": f"{folder}/archive", "RUN_ID": "run-1", **more}, priority="cmdline")
    return settings


class Disks:
    """Three disks, by the name of a folder on each, with what is free on them; all else lies on the first."""

    def __init__(self, **free: int) -> None:
        self._free = free
        self.asked: list[Path] = []

    def __call__(self, path: Path) -> Disk:
        assert path.exists()
        self.asked.append(path)
        number = next((n for n, name in enumerate(self._free) if name in path.parts), 0)
        return Disk(number, [*self._free.values()][number] * MB)


def folders(root: Path) -> Path:
    for name in ("store", "exports", "archive"):
        (root / name).mkdir()
    return root


@pytest.mark.parametrize("small", ["store", "exports", "archive"])
def test_no_run_begins_below_200_mb_on_any_of_its_disks(tmp_path: Path, small: str) -> None:
    free = {"store": 5000, "exports": 5000, "archive": 5000}
    names = {"store": "STORE", "exports": "EXPORTS", "archive": "ARCHIVE_RECORD"}

    Room(settings_in(folders(tmp_path)), Disks(**free | {small: 200})).require()
    with pytest.raises(UsageError) as raised:
        Room(settings_in(tmp_path), Disks(**free | {small: 199})).require()

    assert str(raised.value).startswith(f"{names[small]} ({tmp_path}/{small}")
    assert "199 MB free on its disk, and no run begins below 200 MB (DISK_LEAST_MB): make room" in str(raised.value)


@pytest.mark.parametrize(
    ("free", "last", "said"),
    [
        (1000, {}, None),
        (999, {}, "999 MB free on its disk: make room, as with `scrapy clean --keep 30d`"),
        (1000, {"EXPORTS": 200 * MB, "STORE": 100 * MB}, None),
        (1199, {"EXPORTS": 200 * MB, "STORE": 200 * MB}, "1.2 GB free on its disk; the last run used 400 MB: make"),
        (1200, {"EXPORTS": 200 * MB, "STORE": 200 * MB}, None),
        (5000, {"ARCHIVE_RECORD": 2000 * MB}, "5.0 GB free on its disk; the last run used 2.0 GB: make room"),
    ],
)
def test_a_run_is_warned_below_1_gb_and_below_three_times_what_the_last_one_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, free: int, last: dict[str, int], said: str | None
) -> None:
    Room(settings_in(folders(tmp_path)), Disks(store=free)).warn(last)

    assert len(caplog.messages) == (said is not None)
    assert said is None or said in caplog.messages[0]


def test_what_the_last_run_used_counts_on_the_disk_where_it_lay(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    disks = Disks(store=2000, exports=2000, archive=2000)

    Room(settings_in(folders(tmp_path)), disks).warn(
        {"EXPORTS": 500 * MB, "STORE": 500 * MB, "ARCHIVE_RECORD": 700 * MB}
    )

    assert [message.split(":")[0] for message in caplog.messages] == [f"ARCHIVE_RECORD ({tmp_path}/archive)"]


def test_folders_that_are_not_there_yet_are_looked_for_above(tmp_path: Path) -> None:
    disks = Disks(store=5000)

    Room(settings_in(tmp_path), disks).require()

    assert set(disks.asked) == {tmp_path}


def test_a_check_that_is_switched_off_refuses_and_warns_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    room = Room(settings_in(tmp_path, DISK_LEAST_MB=0, DISK_LOW_MB=0), Disks(store=0))
    room.require()
    room.warn({"STORE": MB})

    assert caplog.messages == []


def test_the_exports_of_feeds_and_of_s3_are_not_looked_for_on_this_disk(tmp_path: Path) -> None:
    fed = Room(settings_in(tmp_path, FEEDS={f"{tmp_path}/out.jsonl": {}}))
    remote = Room(settings_in(tmp_path, EXPORTS="s3://bucket/news", EXPORTS_SPOOL=f"{tmp_path}/spool"))

    assert sorted(fed.places) == ["ARCHIVE_RECORD", "STORE"]
    assert remote.places["EXPORTS_SPOOL"] == tmp_path / "spool"


def test_a_real_disk_is_measured(tmp_path: Path) -> None:
    assert disk_of(tmp_path).free > 0


def test_a_run_keeps_what_it_used_and_the_next_one_is_warned_by_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    settings = settings_in(tmp_path, ARCHIVE_RECORD=None, DISK_LOW_MB=1)
    Run(settings).end()
    store = open_store(settings["STORE"])
    (kept,) = store.runs.last(DISKS)
    store.runs.keep("run-2", DISKS, 2**40, {"bytes": {"EXPORTS": 10**15}})
    store.close()
    caplog.clear()

    second = Run(settings_in(tmp_path, ARCHIVE_RECORD=None, RUN_ID="run-3"))
    second.close()

    assert kept["bytes"]["EXPORTS"] > 1000
    assert kept["bytes"]["STORE"] > 0
    assert any("the last run used 1000000.0 GB" in message for message in caplog.messages)


def test_a_run_without_room_begins_nothing_and_lets_the_next_one_begin(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no run begins below 10000000.0 GB"):
        Run(settings_in(tmp_path, ARCHIVE_RECORD=None, DISK_LEAST_MB=10**10), is_alone=True)

    assert not (tmp_path / "exports").exists()
    run = Run(settings_in(tmp_path, ARCHIVE_RECORD=None), is_alone=True)
    run.close()
