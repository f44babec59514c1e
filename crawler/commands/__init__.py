"""Commands: scrapy newsroom, extract, outlets, record, explain, schema, ..."""
