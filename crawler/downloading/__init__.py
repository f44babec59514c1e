"""Fetch pages: politely, within size limits, and from public hosts of the outlet only."""
