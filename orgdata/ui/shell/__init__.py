"""Around every page: the frame, the sidebar, the source, the store, the cache, the selection."""
