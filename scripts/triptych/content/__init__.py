"""What an author writes, read and typed."""

from triptych.content import locales

locales.keep_apart()
