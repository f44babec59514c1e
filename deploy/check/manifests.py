"""The files that this machine can only read: compose, Kubernetes and Scrapy Cloud, each by its own schema or reader."""

import shutil
from collections.abc import Iterator
from zipfile import ZipFile

from deploy.check.outcome import FailedError
from deploy.check.running import DEPLOY, clean_environment, copy_of_checkout, environment_with, run
from tools.try_wheel import tracked_files

_ZYTE = """
import sys, yaml
from shub.config import ShubConfig
known = {"project", "projects", "stack", "stacks", "requirements", "version", "image", "images", "apikeys", "endpoints"}
written = yaml.safe_load(open("scrapinghub.yml"))
unknown = set(written) - known | set(written["requirements"]) - {"file", "eggs"}
if unknown:
    sys.exit(f"shub does not know {sorted(unknown)}")
config = ShubConfig()
config.load_file("scrapinghub.yml")
target = config.get_target_conf("default", auth_required=False)
open(target.requirements_file).close()
print(f"project {target.project_id}, stack {target.stack}, requirements {target.requirements_file}")
"""


def compose() -> Iterator[str]:
    """Validate the compose files by the schema of the Compose Specification."""
    tools = environment_with("compose", "check-jsonschema")
    files = (DEPLOY / "compose.yaml", DEPLOY / "compose.shared.yaml")
    said = run(tools / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", *files)
    yield f"check-jsonschema, vendor.compose-spec: {said.strip()}"
    yield "not run: docker compose, which needs an engine; the container's check runs its entrypoint"


def kubernetes() -> Iterator[str]:
    """Validate the manifests by the schemas of Kubernetes; unknown keys are faults too."""
    tools = environment_with("kubernetes", "kubernetes-validate")
    said = run(tools / "kubernetes-validate", "--strict", DEPLOY / "cronjob.yaml", DEPLOY / "shared.yaml")
    yield from (line.replace(f"{DEPLOY}/", "") for line in said.splitlines())
    yield "not run: kubectl, which needs a cluster"


def scrapy_cloud() -> Iterator[str]:
    """Read scrapinghub.yml as shub does, and let it build the egg that it would send."""
    tools = environment_with("zyte", "shub", "setuptools>=77,<82")
    # shub asks for a key before it builds; nothing is sent.
    environment = clean_environment(SHUB_APIKEY="0" * 32, PYTHONWARNINGS="ignore")
    checkout = copy_of_checkout("zyte")
    shutil.copy(DEPLOY / "scrapinghub.yml", checkout)
    said = run(tools / "python", "-c", _ZYTE, folder=checkout, environment=environment)
    yield f"scrapinghub.yml: {said.strip()}"
    run(tools / "shub", "deploy", "--build-egg", "videsh.egg", folder=checkout, environment=environment)
    (egg,) = checkout.rglob("videsh.egg")
    with ZipFile(egg) as archive:
        missing = set(tracked_files()) - set(archive.namelist())
    if missing:
        raise FailedError(f"the egg lacks {sorted(missing)}")
    yield f"shub built the egg: {egg.stat().st_size / 1e6:.1f} MB, no file is missing"
    yield "not run: shub deploy, which needs an account"
    shutil.rmtree(checkout)
