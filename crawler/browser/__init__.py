"""Run the scripts of an outlet's pages in a browser that has no network: every request of a page is answered by us."""
