"""A run: one or more crawls that share a store, an export and an exit code."""
