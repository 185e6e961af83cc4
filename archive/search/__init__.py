"""Full-text search in Chinese: words, the index, and the hits."""
