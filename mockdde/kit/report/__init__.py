"""What is said of a run: one document, and the forms that are made from it.

``document`` makes the report from entries of cases; ``ndjson`` says them one by one while the run
goes on; ``junit``, ``markdown``, ``badge`` and ``html`` are other forms of the whole. All of it is
text from dictionaries.
"""
