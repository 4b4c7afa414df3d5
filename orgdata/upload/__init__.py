"""Bring your own files, without Streamlit: answers, renames, what newer files change, template."""
