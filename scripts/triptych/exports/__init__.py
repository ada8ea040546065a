"""Articles become files of other programs: timelines, figures and lists of sources."""
