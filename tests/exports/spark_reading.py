"""Read runs with Spark: run by the Python of Spark's own environment, with what to read on standard input.

Standard input is a JSON object: the snippet of docs/consuming.md, the folder or pattern of each kind of runs, and a
Parquet file. Standard output is one: the rows of each kind, and the types of the file's columns and their number.
"""

import json
import sys
from typing import Any

from pyspark.sql import SparkSession


def main() -> None:
    """Start Spark once, and read all."""
    given = json.load(sys.stdin)
    names: dict[str, Any] = {}
    exec(given["snippet"], names)
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    rows = {
        kind: [row.asDict(recursive=True) for row in names["read_articles"](spark, run).collect()]
        for kind, run in given["runs"].items()
    }
    frames = {kind: spark.read.parquet(file) for kind, file in given["parquet"].items()}
    parquet = {kind: [frame.count(), dict(frame.dtypes)] for kind, frame in frames.items()}
    spark.stop()
    json.dump({"rows": rows, "parquet": parquet}, sys.stdout, default=lambda time: time.isoformat())


if __name__ == "__main__":
    main()
