"""Databases as sources: tables, views and queries, read through SQLAlchemy."""
