"""Bring your own files, on the Data page."""
