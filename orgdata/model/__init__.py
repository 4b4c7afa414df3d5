"""The data model: tables and columns, settings, problems, the loaded portfolio, its history."""
