"""Lengths in other units, each in mm. Everything else in the package counts in mm."""

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
"""The point of PDF and CSS (CSS Values and Units, 6.2)."""
MM_PER_PIXEL = MM_PER_INCH / 96
"""The pixel of CSS, whatever a screen or a picture has."""
