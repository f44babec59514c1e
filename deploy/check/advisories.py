"""The pinned packages against the published advisories, by pip-audit."""

import json
from collections.abc import Iterator
from subprocess import CalledProcessError
from typing import Any

from deploy.check.outcome import FailedError, NotRunError
from deploy.check.running import ROOT, environment_with, run


def advisories() -> Iterator[str]:
    """Ask the advisory service about each line of constraints.txt; raise NotRunError if it does not answer."""
    tools = environment_with("audit", "pip-audit")
    report = ROOT / "build" / "deploy" / "advisories.json"
    report.unlink(missing_ok=True)
    options = ("--no-deps", "--disable-pip", "--progress-spinner=off", "--format=json", f"--output={report}")
    try:
        run(tools / "pip-audit", "--requirement", ROOT / "constraints.txt", *options, codes=(0, 1))
    except CalledProcessError as error:
        raise NotRunError(f"pip-audit: {_last_line(error.stdout)}") from error
    if not report.exists():
        raise NotRunError("pip-audit: the advisory service cannot be reached")
    packages: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["dependencies"]
    asked = [package for package in packages if "skip_reason" not in package]
    if not asked:
        raise NotRunError(
            f"the advisory service knows none of {len(packages)} packages here: {packages[0]['skip_reason']}"
        )
    bad = [f"{one['name']} {one['version']}: {fault['id']}" for one in asked for fault in one["vulns"]]
    if bad:
        raise FailedError("; ".join(bad))
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    yield f"pip-audit: no advisory for {len(asked)} of {len(packages)} packages"
    if skipped:
        yield f"not run: for {', '.join(skipped)}, which the service does not know"


def _last_line(output: str | None) -> str:
    return ((output or "").strip().splitlines() or ["no answer"])[-1]
