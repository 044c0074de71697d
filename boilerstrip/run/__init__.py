"""A run over the files of a crawl: read, cleaned in worker processes, written, restartable.

``engine.run`` is the whole of it. Readers stand in ``boilerstrip.adapters``, workers in
``boilerstrip.pool``; here are the output (``sinks``), what makes a run restartable (``journal``)
and what people see of it (``progress``).
"""
