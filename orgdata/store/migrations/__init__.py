"""What alembic runs to bring a store to the newest form; each version is a file in versions/."""
