"""Read people's own spreadsheets as our tables (FORMATS.md)."""
