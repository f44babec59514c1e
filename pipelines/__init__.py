"""Scrapy item pipelines, one per file: each fills fields of an article, refuses it, or queues it for delivery."""
