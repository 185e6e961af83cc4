"""What each page shows: a connection and an address in, plain values for its template out."""
