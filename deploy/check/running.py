"""Commands, and environments of their own, for checks of deployments."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.check.outcome import NotRunError

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
BUILD = ROOT / "build" / "deploy"
"""Everything that the checks make lies here."""
_OURS = ("SCRAPY_", "VIDESH_", "PYTHON", "CONTACT", "http_proxy", "https_proxy", "no_proxy")


def need(*programs: str) -> None:
    """Raise NotRunError if a program is missing."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        raise NotRunError(f"not installed: {', '.join(missing)}")


def need_root() -> None:
    """Raise NotRunError unless this is root, who alone may change the root folder of a process."""
    if os.geteuid() != 0:
        raise NotRunError("only root can make and enter a root folder")


def clean_environment(**more: str) -> dict[str, str]:
    """Return this process's environment without what changes a crawl, and with more."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)} | more


def run(
    *command: str | Path,
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    codes: tuple[int, ...] = (0,),
    seconds: float = 600,
) -> str:
    """Run a command, and return what it printed; raise CalledProcessError if its exit code is not among these."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=folder,
        env=clean_environment() if environment is None else environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        check=False,
    )
    if done.returncode not in codes:
        raise subprocess.CalledProcessError(done.returncode, words, done.stdout)
    return done.stdout


def shell(script: str, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Run a script that ends at its first failure."""
    return run("bash", "-euxo", "pipefail", "-c", script, folder=folder, environment=environment)


def fresh_folder(name: str) -> Path:
    """Return an empty folder among those that the checks make."""
    folder = BUILD / name
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def environment_with(name: str, *packages: str) -> Path:
    """Return the bin folder of an environment of its own with these packages; one made by an earlier check serves.

    Raise NotRunError if they cannot be installed.
    """
    folder = BUILD / f"environment-{name}"
    done = folder / "installed"
    wanted = "\n".join(packages)
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        fresh_folder(folder.name)
        run(sys.executable, "-m", "venv", folder)
        try:
            run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", *packages)
        except subprocess.CalledProcessError as error:
            last = str(error.stdout).strip().splitlines()[-1:]
            raise NotRunError(f"{' '.join(packages)} cannot be installed: {' '.join(last)}") from error
        done.write_text(wanted, encoding="utf-8")
    return folder / "bin"


def copy_of_checkout(name: str) -> Path:
    """Return a fresh copy of the checkout's files that Git knows, or would know, for checks that write into it."""
    folder = fresh_folder(name)
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    for path in filter(None, listed.split("\0")):
        if (ROOT / path).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, folder / path, follow_symlinks=False)
    return folder
