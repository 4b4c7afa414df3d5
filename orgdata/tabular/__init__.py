"""Text into typed columns, and vectorised look-ups of ids."""
