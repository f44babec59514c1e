"""Group texts into stories, and read archives, on engines that are made for many of them: DuckDB and Spark."""
