"""The form tables: any layout in, cells with their place out, matched by label and parent."""
