"""What earlier runs saw."""
