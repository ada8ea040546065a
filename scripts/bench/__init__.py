"""How fast Triptych is: tables of seconds, ratios and memory, beside the targets and other typesetters."""
