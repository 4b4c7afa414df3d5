"""Bring your own files, without Streamlit: guessing columns, same entities, preview, template."""
