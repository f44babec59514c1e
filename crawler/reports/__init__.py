"""The report of a run: its figures, their comparison with earlier runs, warnings, JSON and an HTML page."""
