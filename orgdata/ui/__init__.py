"""The frame and parts of the pages; with pages/ and dashboard.py all that knows Streamlit."""
