"""From nothing but a host to its columns of annual reports: which link to follow next, and why."""
