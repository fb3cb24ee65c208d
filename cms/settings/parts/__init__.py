"""Settings, one topic per file; `base` gathers them."""
