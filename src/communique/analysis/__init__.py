"""Across articles: copies of one text, one happening told by many."""
