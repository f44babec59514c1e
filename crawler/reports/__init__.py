"""What a run brought in, compared with the runs before it: numbers, a page, warnings."""
