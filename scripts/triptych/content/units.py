"""Other units of length, in mm. The rest of the package counts in mm."""

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
"""The point of PDF and CSS: 1/72 inch (CSS Values and Units, 6.2)."""
MM_PER_PIXEL = MM_PER_INCH / 96
"""The pixel of CSS: 1/96 inch (CSS Values and Units, 6.2), independent of screens and pictures."""
