"""Build the egg that `scrapyd-deploy` and `shub deploy` send; pip builds the wheel from pyproject.toml alone."""

import sys
from pathlib import Path

import setuptools

from crawler import __version__

PACKAGES = ("crawler", "spiders", "pipelines")

if int(setuptools.__version__.split(".")[0]) < 77:
    sys.exit(f"setuptools {setuptools.__version__} cannot read pyproject.toml: pip install 'setuptools>=77,<82'")


def data_files(package: str) -> list[str]:
    """Return the paths of a package's files that are no modules."""
    files = (path for path in Path(package).rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc"))
    return [str(path.relative_to(package)) for path in files]


setuptools.setup(
    version=__version__,
    packages=setuptools.find_packages(include=[f"{name}{rest}" for name in PACKAGES for rest in ("", ".*")]),
    package_data={package: data_files(package) for package in PACKAGES},
)
