"""Files that people have, of other programs, become articles: text, timelines and lists of sources."""
