"""Sheets, sizes of type, faces and columns: what the designer decided."""
