"""A folder of paper records and reading notes, as a library on the web.

The rooms, from left to right; each imports only from those before it:

- ``records``: the text of one file, and the `Record` that it holds.
- ``library``: a folder of records and notes, and the `Library` that they make.
- ``views``: ways of grouping and ordering a library.
- ``pages``: page sources and files for other programs.
- ``site``: everything that knows MkDocs.
- ``command``: the command line.
"""

__version__ = "0.1.0"
