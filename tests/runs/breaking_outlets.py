"""A module of outlets that breaks a worker of a run which imports it."""

import sys

if sys.argv[0] == "-c":
    raise RuntimeError("no outlet may be imported in a worker")
