"""What each page shows: screens/X.py for pages/X.py."""
