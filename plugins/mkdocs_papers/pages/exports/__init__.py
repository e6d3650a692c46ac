"""Exports: the library for other programs.

`registry.EXPORTS` lists them; each is one `export.Export`. To add a format, write a module that turns a paper into an
entry, and add one entry to the registry: the site, the command line and the browse page all read it from there.

The browse page offers each export of just the papers that it shows. It fetches the whole file and cuts it, and needs to
know no format for that, because of what `Export` promises: a file is ``opening``, the entries with ``separator``
between them, ``closing``; the separator stands in no entry; and the n-th entry is the n-th paper of ``papers.json``
(papers are in order of key, code point by code point). So a file is cut by::

    const entries = text.slice(opening.length, text.length - closing.length).split(separator);
    const cut = opening + wanted.map((n) => entries[n]).join(separator) + closing;

A library without papers is only ``opening`` and ``closing``. ``Response.text()`` drops the byte-order mark with which
an ``encoding`` of ``utf-8-sig`` begins, which is why it is no part of ``opening``: whoever saves such a file puts one
before it.
"""
