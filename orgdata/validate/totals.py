"""Total rows: rows that add up others instead of standing for something (METHOD section 1)."""
