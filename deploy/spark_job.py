"""What `spark-submit` runs: the command line of `videsh`, with the words that follow; docs/bulk.md shows how."""

import sys

from crawler.command_line import main

main(["videsh", *sys.argv[1:]])
