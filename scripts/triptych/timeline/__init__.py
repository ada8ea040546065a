"""Dated events become geometry: lengths in mm, times in days."""
