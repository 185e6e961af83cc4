"""Where annual reports are found: pages of lists and columns in, rows and addresses out."""
