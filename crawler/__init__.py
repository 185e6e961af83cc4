"""How pages are fetched: settings, scheduler, middlewares, pipelines, extensions, commands."""
