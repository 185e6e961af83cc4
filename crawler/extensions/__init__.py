"""Extensions: the progress while a crawl runs, and the summary at its end."""
