"""Saves become pages in a browser."""
