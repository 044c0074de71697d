"""The workbench: a small web application, for one person on one machine, to write rules on saved pages.

``desk`` holds the pages and runs rules over them, ``storage`` is all that writes files, ``app`` is
what the browser speaks to, ``serve`` starts it.
"""
