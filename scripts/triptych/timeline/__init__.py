"""Dated items become geometry, in mm and days."""
