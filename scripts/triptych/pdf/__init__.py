"""What is done to a finished PDF, or read from it."""
