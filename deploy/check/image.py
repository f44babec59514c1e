"""The image of deploy/Dockerfile, built and run by buildah, which needs no engine."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.check.debian import PATH, PIP_CERT, debian
from deploy.check.running import BUILD, DEPLOY, ROOT, clean_environment, fresh_folder, need, run

BASE = "localhost/debian"
"""The image that the Debian of debootstrap becomes: base images cannot be pulled everywhere."""
_TAG = "localhost/videsh"
_STORAGE = ("--storage-driver", "vfs", "--root", str(BUILD / "images"), "--runroot", str(BUILD / "images-run"))
_CERTIFICATE = "etc/ssl/publisher.pem"
_MOUNT = """
home=$1 root=$2
shift 2
mount --bind "$root" "$root"
mount --bind "$home" "$root/data"
mount -t tmpfs tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount -o remount,bind,ro "$root"
exec "$@"
"""


class Image:
    """A built image."""

    def __init__(self, name: str) -> None:
        inspected = json.loads(_buildah("inspect", "--type", "image", name))
        self.config = inspected["Docker"]["config"]
        self.user = str(self.config["User"])
        self.name = name

    def summary(self) -> str:
        """Return what it runs, as whom."""
        return f"{' '.join([*self.config['Entrypoint'], *self.config['Cmd']])}, as user {self.user}"

    @contextmanager
    def container(self) -> Iterator["Container"]:
        """Make a container, and remove it at the end."""
        name = _buildah("from", "--pull-never", self.name).strip().splitlines()[-1]
        try:
            yield Container(self, name, Path(_buildah("mount", name).strip()))
        finally:
            _buildah("rm", name)


class Container:
    """A container in which commands run as the image's user."""

    def __init__(self, image: Image, name: str, root: Path) -> None:
        self._image = image
        self._name = name
        self._root = root

    def volume(self, name: str) -> Path:
        """Return an empty home that belongs to the image's user, as an engine makes a volume."""
        home = fresh_folder(f"container-{name}")
        run("chown", self._image.user, home)
        return home

    def run(self, arguments: list[str], home: Path, site: Mapping[str, str]) -> str:
        """Run the image's program with arguments, and return what it printed."""
        return self._run([*self._image.config["Entrypoint"], *arguments], home, self._inside(site), codes=(0, 3))

    def is_healthy(self, home: Path) -> bool:
        """Return what the image's health check says of a home."""
        try:
            self._run(self._image.config["Healthcheck"]["Test"][1:], home, {})
        except subprocess.CalledProcessError:
            return False
        return True

    @contextmanager
    def first_process(self, command: list[str], home: Path, site: Mapping[str, str]) -> Iterator["FirstProcess"]:
        """Run a command as process 1 of a namespace, as an engine does and buildah does not.

        All but the home and /tmp is read-only, as deploy/compose.yaml and deploy/cronjob.yaml ask for.
        """
        root, user = str(self._root), self._image.user
        outside = ["unshare", "--pid", "--mount", "--fork", "--kill-child", "sh", "-euc", _MOUNT, "sh", str(home), root]
        inside = [f"{name}={value}" for name, value in self._inside(site).items()]
        enter = ["chroot", f"--userspec={user}:{user}", root, "env", "-i", *self._image.config["Env"], *inside]
        with subprocess.Popen(
            [*outside, *enter, *command], env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as parent:
            try:
                yield FirstProcess(parent)
            finally:
                parent.kill()

    def _run(self, command: list[str], home: Path, inside: Mapping[str, str], codes: tuple[int, ...] = (0,)) -> str:
        options = [f"--env={name}={value}" for name, value in inside.items()]
        where = ("run", "--isolation", "chroot", f"--volume={home}:/data", *options, self._name, "--")
        return _buildah(*where, *command, codes=codes)

    def _inside(self, site: Mapping[str, str]) -> dict[str, str]:
        """Return the environment by which a crawl in the container reaches a publisher, if there is one."""
        if not site:
            return {}
        certificate = self._root / _CERTIFICATE
        certificate.write_bytes(Path(site["SSL_CERT_FILE"]).read_bytes())
        certificate.chmod(0o644)
        return {**site, "SSL_CERT_FILE": f"/{_CERTIFICATE}"}


class FirstProcess:
    """Process 1 of a container."""

    def __init__(self, parent: subprocess.Popen[bytes]) -> None:
        self._parent = parent

    def children(self) -> list[str]:
        """Return the command lines of its children, none while it is about to start."""
        return [_command_line(child) for first in _children(self._parent.pid) for child in _children(first)]

    def terminate(self) -> tuple[int, float, str]:
        """Send SIGTERM, and return the exit code, the seconds until the end, and what was printed."""
        started = time.monotonic()
        os.kill(_children(self._parent.pid)[0], signal.SIGTERM)
        output, _ = self._parent.communicate(timeout=60)
        return self._parent.returncode, time.monotonic() - started, output.decode()


def build() -> Image:
    """Build the image; raise NotRunError if this machine cannot."""
    need("buildah")
    root = debian()
    if BASE not in _buildah("images", "--format", "{{.Name}}"):
        name = _buildah("from", "scratch").strip()
        _buildah("add", "--quiet", name, root, "/")
        _buildah("config", "--env", f"PATH={PATH}", "--env", f"PIP_CERT={PIP_CERT}", name)
        _buildah("commit", "--quiet", "--format", "docker", "--rm", name, BASE)
    options = ("--isolation", "chroot", "--format", "docker", "--build-arg", f"BASE={BASE}")
    _buildah("build", *options, "-f", DEPLOY / "Dockerfile", "-t", _TAG, ROOT)
    return Image(_TAG)


def _buildah(*arguments: str | Path, codes: tuple[int, ...] = (0,)) -> str:
    return run("buildah", *_STORAGE, *arguments, codes=codes, seconds=1500)


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except OSError:  # it has just ended
        return ""
