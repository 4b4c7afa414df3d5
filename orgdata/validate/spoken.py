"""What set-aside rows and lost cells may speak of: `spoken` and `lost_cells` of METHOD §2."""
