"""What other programs and assistants read: one read model, and the doors to it."""
