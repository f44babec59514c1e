"""Pack the environment that Spark's executors need: the wheel of this checkout, pyarrow and pandas, without Spark.

`make spark-environment` runs it. The archive is dist/environment.tar.gz, or the path given as the first argument; Spark
unpacks it on each machine (`--archives environment.tar.gz#environment`). It holds no Python: a machine of the cluster
needs the version, and the path of the interpreter, of the machine that packs.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.try_wheel import ROOT, build

_PACKER = Path(f"{sys.prefix}-spark", "bin", "venv-pack")


def pack(archive: Path) -> None:
    """Write the archive."""
    with TemporaryDirectory(prefix="videsh-environment-") as folder:
        wheel, environment = build(Path(folder)), Path(folder, "environment")
        python = environment / "bin" / "python"
        _run(sys.executable, "-m", "venv", "--without-pip", environment)
        uv = Path(sys.executable).with_name("uv")
        pinned: list[str | Path] = ["--quiet", "--python", python, "-c", ROOT / "constraints.txt"]
        _run(uv, "pip", "install", *pinned, f"{wheel}[parquet,s3]", "pandas")
        archive.parent.mkdir(parents=True, exist_ok=True)
        _run(_PACKER, "--quiet", "--force", "--compress-level", "1", "-p", environment, "-o", archive)


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, cwd=ROOT)


if __name__ == "__main__":
    packed = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "dist" / "environment.tar.gz"
    pack(packed.resolve())
    print(f"{packed}: {packed.stat().st_size / 1e6:.0f} MB")
