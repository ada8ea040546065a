"""How fast Triptych is: tables of seconds, ratios and memory beside what was asked, and those of other typesetters."""
