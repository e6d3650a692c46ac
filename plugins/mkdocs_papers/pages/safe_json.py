"""JSON that is safe wherever it ends up: in a file, in a ``<script>`` element, in a line of JavaScript."""

import json
import re

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)

_UNSAFE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def safe_json(value: object) -> str:
    """JSON on one line that cannot end a ``<script>`` element, begin a comment in it, or break a line of JavaScript.

    Control characters and lone surrogates are escaped too, so that it can be written as UTF-8 whatever the value holds.

    Raises:
        ValueError: a number is infinite or none at all.
        TypeError: a value has no JSON form.
    """
    text = _ENCODER.encode(value)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
