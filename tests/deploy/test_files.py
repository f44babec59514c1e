"""The files of deploy/: what they call exists, and agrees with the program, its settings and docs/operating.md."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import timedelta
from typing import Any

import pytest
import yaml
from scrapy import cmdline
from scrapy.utils.project import get_project_settings

from crawler import settings
from crawler.usage import OptionParser
from deploy.check.guide import blocks, sections
from deploy.check.running import DEPLOY, ROOT

PROGRAM = "/opt/videsh/bin/videsh"
QUARTER = timedelta(minutes=15)


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def service() -> ConfigParser:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "videsh.service", encoding="utf-8")
    return unit


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text_of("compose.yaml"))["services"]["newsroom"]
    return found


def shared_compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text_of("compose.shared.yaml"))["services"]
    return found


def shared_pods() -> dict[str, Any]:
    """Return the pods of the crawlers and of the one that exports, by name."""
    found = [one for one in yaml.safe_load_all(text_of("shared.yaml")) if one["kind"] == "Deployment"]
    return {one["metadata"]["name"].removeprefix("videsh-"): one["spec"]["template"]["spec"] for one in found}


def cronjob() -> dict[str, Any]:
    found: dict[str, Any] = next(
        one["spec"] for one in yaml.safe_load_all(text_of("cronjob.yaml")) if one["kind"] == "CronJob"
    )
    return found


def dockerfile(word: str) -> list[str]:
    found: list[str] = yaml.safe_load(re.findall(rf"^{word} (\[.+\])$", text_of("Dockerfile"), re.M)[-1])
    return found


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each call of `videsh` in deploy/ and in the guide: where it stands, and what follows the program."""
    yield "videsh.service", shlex.split(service()["Service"]["ExecStart"])[1:]
    yield "crontab", shlex.split(text_of("crontab").splitlines()[-1].partition(PROGRAM)[2].partition(">>")[0])
    yield "Dockerfile", dockerfile("CMD")
    yield "compose.yaml", compose()["command"]
    yield "cronjob.yaml", cronjob()["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["args"]
    yield "compose.shared.yaml", shared_compose()["newsroom"]["command"]
    yield "compose.shared.yaml, deliver", shared_compose()["deliver"]["command"]
    for name, pod in shared_pods().items():
        yield f"shared.yaml, {name}", pod["containers"][0]["args"]
    options = re.search(r'"options": "(.+)"', text_of("airflow_dag.py"))
    yield "airflow_dag.py", ["newsroom", *shlex.split(options[1] if options else "")]
    options = re.search(r'OPTIONS = "(.+)"', text_of("prefect_flow.py"))
    yield "prefect_flow.py", ["newsroom", *shlex.split(options[1] if options else "")]
    for title in sections():
        for line in "\n".join(blocks(title)).splitlines():
            called = re.search(r"(?:bin/videsh|\bvidesh_?\S* videsh|--rm videsh|exec newsroom videsh) ([a-z].*)", line)
            if called:
                yield f"operating.md, {title}", shlex.split(called[1])


@pytest.mark.parametrize(("place", "arguments"), list(commands()))
def test_every_command_is_one_that_our_command_line_takes(place: str, arguments: list[str]) -> None:
    name, *rest = arguments
    known = get_project_settings()
    command = cmdline._get_commands_dict(known, inproject=True)[name]
    command.settings = known
    parser = OptionParser(conflict_handler="resolve")
    parser.add_argument("--home")
    command.add_options(parser)

    given, _ = parser.parse_known_args(rest)  # a wrong option would end the test's process with its message

    assert all(hasattr(settings, setting.partition("=")[0]) for setting in given.set), f"{place}: {given.set}"


def test_every_scheduled_command_says_who_crawls() -> None:
    others = ("operating", "Docker")
    scheduled = {place: words for place, words in commands() if not place.startswith(others) and words[0] != "deliver"}

    assert len(scheduled) == 8
    for place, arguments in scheduled.items():
        assert arguments[:3] == ["newsroom", "--log", "json"], place
        assert any(word.startswith("CONTACT=") for word in arguments), place


def test_each_deadline_leaves_a_run_its_time_and_ends_before_the_next() -> None:
    longest = timedelta(minutes=get_project_settings().getint("RUN_MINUTES"))
    minutes = re.search(r"TimeoutStartSec=(\d+)min", text_of("videsh.service"))
    deadlines = {
        "systemd": timedelta(minutes=int(minutes[1]) if minutes else 0),
        "kubernetes": timedelta(seconds=cronjob()["jobTemplate"]["spec"]["activeDeadlineSeconds"]),
        "airflow": timedelta(
            minutes=int(text_of("airflow_dag.py").partition("timedelta(minutes=")[2].partition(")")[0])
        ),
        "prefect": timedelta(
            minutes=int(text_of("prefect_flow.py").partition("timeout_seconds=")[2].partition(" *")[0])
        ),
    }

    assert all(longest < deadline < QUARTER for deadline in deadlines.values()), deadlines


def test_all_of_them_crawl_every_quarter_of_an_hour() -> None:
    assert "\n*/15 * * * * videsh " in text_of("crontab")
    assert "OnCalendar=*:0/15" in text_of("videsh.timer")
    assert cronjob()["schedule"] == "*/15 * * * *"
    assert 'schedule="*/15 * * * *"' in text_of("airflow_dag.py")
    assert 'cron="*/15 * * * *"' in text_of("prefect_flow.py")
    assert compose()["entrypoint"][:2] == ["every", str(int(QUARTER.total_seconds()))]


def test_the_container_is_the_same_user_with_the_same_home_everywhere() -> None:
    pod = cronjob()["jobTemplate"]["spec"]["template"]["spec"]
    home = re.search(r"VIDESH_HOME=(\S+)", text_of("Dockerfile"))
    user = re.search(r"^USER (\d+)$", text_of("Dockerfile"), re.M)

    assert home
    assert user
    assert pod["securityContext"]["runAsUser"] == pod["securityContext"]["fsGroup"] == int(user[1]) > 0
    assert pod["containers"][0]["volumeMounts"][0]["mountPath"] == home[1]
    assert compose()["volumes"] == [f"news:{home[1]}"]
    assert f"{home[1]}/var" in text_of("Dockerfile").partition("HEALTHCHECK")[2]


def test_shared_crawlers_share_a_store_without_its_password_in_a_command() -> None:
    services, pods = shared_compose(), shared_pods()
    commands = [services[name]["command"] for name in ("newsroom", "deliver")]

    assert all("STORE=postgresql://videsh@db/videsh" in command for command in commands)
    assert all("--share" in command for command in (commands[0], pods["newsroom"]["containers"][0]["args"]))
    for pod in pods.values():
        variables = {each["name"]: each for each in pod["containers"][0]["env"]}
        assert variables["STORE"]["value"] == "postgresql://videsh@db/videsh"
        assert variables["PGPASSWORD"]["valueFrom"]["secretKeyRef"]
        assert pod["securityContext"] == cronjob()["jobTemplate"]["spec"]["template"]["spec"]["securityContext"]
    assert all(
        services[name]["environment"]["PGPASSWORD"].startswith("${PGPASSWORD") for name in ("newsroom", "deliver")
    )
    assert "postgres" in services["newsroom"]["build"]["args"]["EXTRAS"].split(",")


def test_the_units_find_what_the_guide_installs() -> None:
    unit = service()["Service"]
    installed = "\n".join(blocks("Install") + blocks("systemd timer"))

    assert unit["ExecStart"].split()[0] == PROGRAM
    assert f"python3 -m venv {PROGRAM.removesuffix('/bin/videsh')}" in installed
    assert f"useradd --system --home-dir {unit['Environment'].partition('=')[2]} " in installed
    assert f"deploy/videsh.conf {unit['EnvironmentFile']}\n" in installed
    assert "CONTACT=" in text_of("videsh.conf")
    assert unit["SuccessExitStatus"] == "75"


def test_an_egg_needs_what_the_project_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = text_of("requirements.txt").splitlines()

    assert [line for line in lines if not line.startswith("#")] == project["dependencies"]
    assert project["entry-points"]["scrapy"] == {"settings": settings.__name__}


def test_the_image_gets_every_file_that_the_dockerfile_copies() -> None:
    copied = {
        word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text_of("Dockerfile"), re.M) for word in line.split()
    }
    copied = {word for word in copied if not word.startswith("--")}
    allowed = {line[1:] for line in text_of("Dockerfile.dockerignore").splitlines() if line.startswith("!")}

    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)
