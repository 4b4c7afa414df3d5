"""Documentation derived from the code."""
