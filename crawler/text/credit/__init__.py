"""Find the agencies that a report is credited to, and the media that it only quotes."""
