"""Parse datelines: the place, date and agency printed before a report."""
