"""Build the egg that `scrapyd-deploy` and `shub deploy` send; pip builds the wheel from pyproject.toml alone."""

import sys

import setuptools

from crawler import __version__

if int(setuptools.__version__.split(".")[0]) < 77:
    sys.exit(f"setuptools {setuptools.__version__} cannot read pyproject.toml: pip install 'setuptools>=77,<82'")

setuptools.setup(
    version=__version__,
    packages=setuptools.find_packages(include=["crawler", "crawler.*", "spiders", "pipelines"]),
    package_data={"": ["*"], "crawler": ["templates/spiders/*"]},
)
