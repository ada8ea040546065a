"""What an author writes, read and typed."""
