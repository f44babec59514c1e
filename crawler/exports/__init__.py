"""Exports: the parts of a run, their manifest, recovery after a crash, and conversion to other formats."""
