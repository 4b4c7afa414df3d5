"""Documents to pass on: deck, brief, weekly pack, workbook, off-site pack. Values in, bytes out."""
