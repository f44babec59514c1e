"""The day's edition: a static site of what came in, made from the exports."""
