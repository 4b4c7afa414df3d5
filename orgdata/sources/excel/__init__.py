"""Excel workbooks as sources: their sheets, cells and number formats."""
