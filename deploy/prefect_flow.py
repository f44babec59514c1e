"""A run of the newsroom every quarter of an hour: `python deploy/prefect_flow.py`, with `videsh` on the PATH."""

import subprocess

from prefect import flow
from prefect.states import Cancelled, Completed, Failed, State

OPTIONS = "--log json -s CONTACT=you@example.org"


@flow(log_prints=True, timeout_seconds=14 * 60)
def videsh(options: str = OPTIONS) -> State[int]:
    """Run the newsroom; its exit code decides about the state."""
    run = subprocess.run(["videsh", "newsroom", *options.split()], capture_output=True, text=True, check=False)
    print(run.stdout, run.stderr)
    if run.returncode == 75:
        return Cancelled(message="another run is at work")
    return Completed(data=0) if run.returncode == 0 else Failed(message=f"exit code {run.returncode}")


if __name__ == "__main__":
    videsh.serve("newsroom", cron="*/15 * * * *")
