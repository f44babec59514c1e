"""A machine that an operator has set up by docs/operating.md: a Debian whose own systemd has booted."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.check.debian import PATH, debian, pip_environment
from deploy.check.guide import blocks
from deploy.check.outcome import FailedError, NotRunError
from deploy.check.running import BUILD, ROOT, clean_environment, need, run
from deploy.check.wheel import wheel

_CERTIFICATE = "etc/ssl/publisher.pem"
# They would change the kernel's settings, which are this machine's too.
_MASKED = ("systemd-sysctl", "systemd-modules-load", "systemd-remount-fs", "e2scrub_reap")
_BOOT = Path(__file__).with_name("boot.sh")


class Machine:
    """A booted machine."""

    def __init__(self, root: Path, pid: int) -> None:
        self.root = root
        self._pid = pid

    def run(self, *command: str, codes: tuple[int, ...] = (0,), seconds: float = 300) -> str:
        """Run a command on the machine, in the checkout, and return what it printed."""
        entered = ("nsenter", "--target", str(self._pid), "--all", "--root", "--wdns=/src")
        return run(*entered, "env", "-i", f"PATH={PATH}", *command, codes=codes, seconds=seconds)

    def follow(self, block: str) -> str:
        """Run the commands of a block of docs/operating.md."""
        return self.run("bash", "-euxo", "pipefail", "-c", block)

    def trust(self, environment: dict[str, str]) -> dict[str, str]:
        """Return the environment by which a crawl on the machine reaches the publisher."""
        shutil.copyfile(environment["SSL_CERT_FILE"], self.root / _CERTIFICATE)
        (self.root / _CERTIFICATE).chmod(0o644)
        return {**environment, "SSL_CERT_FILE": f"/{_CERTIFICATE}"}


def installed() -> Path:
    """Return the root folder of a machine on which the section "Install" was followed; made once for all checks."""
    root = BUILD / "machine"
    if (root / "installed").exists() and (root / "installed").stat().st_mtime > _started:
        return root
    base, package = debian(), wheel()
    run("rm", "-rf", root)
    run("cp", "-a", base, root)
    for unit in _MASKED:
        (root / "etc/systemd/system" / f"{unit}.service").symlink_to("/dev/null")
    source = root / "src"
    shutil.copytree(ROOT / "deploy", source / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    (source / "dist").mkdir()
    shutil.copy(package, source / "dist")
    shutil.copy(ROOT / "constraints.txt", source)
    script = "\n".join(["cd /src", *blocks("Install")])
    environment = {"PATH": PATH, **pip_environment()}
    run("chroot", root, "bash", "-euxo", "pipefail", "-c", script, environment=environment)
    (root / "installed").touch()
    return root


_started = time.time()


@contextmanager
def booted() -> Iterator[Machine]:
    """Boot the machine; raise NotRunError if its systemd does not come up here."""
    need("unshare", "nsenter")
    root = installed()
    command = ["unshare", "--pid", "--mount", "--uts", "--ipc", "--fork", "--kill-child", "sh", str(_BOOT), str(root)]
    with subprocess.Popen(command, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as parent:
        try:
            yield _up(root, parent)
        finally:
            parent.kill()
            parent.communicate()
            _remove_groups()


def _up(root: Path, parent: subprocess.Popen[bytes]) -> Machine:
    """Wait until systemd has started everything."""
    until, state = time.monotonic() + 60, "nothing"
    while time.monotonic() < until and parent.poll() is None:
        time.sleep(0.5)
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text(encoding="ascii").split()
        if not children:
            continue
        machine = Machine(root, int(children[0]))
        try:
            state = machine.run("systemctl", "is-system-running", codes=(0, 1)).strip()
        except subprocess.CalledProcessError:
            continue
        if state == "running":
            return machine
        if state == "degraded":
            raise FailedError(machine.run("systemctl", "--failed", "--no-pager"))
    raise NotRunError(f"systemd does not boot in namespaces here: {state}")


def _remove_groups() -> None:
    script = (
        "mount -t cgroup -o none,name=systemd cgroup /mnt && "
        "find /mnt/videsh-deploy-check -depth -type d -exec rmdir {} +"
    )
    for _ in range(20):  # the processes of the machine are killed, and end soon
        try:
            run("unshare", "--mount", "sh", "-c", script)
        except subprocess.CalledProcessError:
            time.sleep(0.5)
        else:
            return
