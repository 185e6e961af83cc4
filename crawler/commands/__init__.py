"""The commands; ``scrapy -h`` lists them. Heavy imports belong inside ``run``."""
