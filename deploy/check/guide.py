"""The commands of docs/operating.md, which the checks run as they stand there."""

import re

from deploy.check.running import ROOT

GUIDE = ROOT / "docs" / "operating.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
_COMMENT = re.compile(r"(^|\s+)#\s.*")


def blocks(section: str) -> list[str]:
    """Return the code blocks of a section, without their comments."""
    found = _BLOCK.findall(sections()[section])
    return ["\n".join(line for line in map(_without_comment, block.splitlines()) if line) for block in found]


def sections() -> dict[str, str]:
    """Return the text of each section by its title."""
    parts = re.split(r"^## (.+)\n", GUIDE.read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _without_comment(line: str) -> str:
    return _COMMENT.sub("", line)
