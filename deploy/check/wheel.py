"""The wheel that deployments install."""

from functools import cache
from pathlib import Path

from deploy.check.running import BUILD
from tools.try_wheel import build


@cache
def wheel() -> Path:
    """Build the wheel, once for all checks, and return its path."""
    return build(BUILD / "dist")
