"""One verb, one file: pipelines improve, refuse or deliver an article."""
