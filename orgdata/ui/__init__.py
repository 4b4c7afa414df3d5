"""The shared frame of the pages; with pages/ and dashboard.py the only place that knows Streamlit."""
