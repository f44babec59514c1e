"""A fresh Debian in a folder: what containers start from, and the machine on which cron and systemd run."""

import os
import shutil
import ssl
from pathlib import Path
from subprocess import CalledProcessError

from deploy.check.outcome import NotRunError
from deploy.check.running import BUILD, need, need_root, run

SUITE = "bookworm"
_PACKAGES = "ca-certificates,cron,dbus,logrotate,python3,python3-venv,systemd,systemd-sysv,tzdata"
_CERTIFICATES = Path("etc/ssl/certs/ca-certificates.crt")
PIP_CERT = f"/{_CERTIFICATES}"
"""Inside: the certificates that this machine trusts, for pip."""
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Inside: the folders of programs."""


def debian() -> Path:
    """Return the root folder of a fresh Debian, which an earlier check may have made; nobody writes into it.

    Raise NotRunError if it cannot be made here.
    """
    need_root()
    need("debootstrap")
    root = BUILD / f"debian-{SUITE}"
    if root.exists():
        return root
    unfinished = root.with_name(f"{root.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    try:
        run("debootstrap", "--variant=minbase", f"--include={_PACKAGES}", SUITE, unfinished)
    except CalledProcessError as error:
        raise NotRunError(f"debootstrap cannot make a Debian: {str(error.stdout).splitlines()[-1:]}") from error
    trusted = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    if trusted:
        shutil.copyfile(trusted, unfinished / _CERTIFICATES)
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(f"/etc/{name}", unfinished / "etc" / name)
    unfinished.rename(root)
    return root


def pip_environment() -> dict[str, str]:
    """Return the environment in which pip inside reaches the package index of this machine."""
    index = {name: value for name, value in os.environ.items() if name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL")}
    return {"PIP_CERT": PIP_CERT, **index}
