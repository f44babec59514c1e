"""Exports: whole parts, their manifest, and other formats of the same records."""
