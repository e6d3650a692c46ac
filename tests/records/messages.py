"""What protobuf's messages say, as the schema's dataclasses."""

from typing import Any

from google.protobuf.message import Message

from mkdocs_papers.records.schema import PaperInfo, Status, fields


def content_of(message: Message) -> PaperInfo:
    """What a message says, as the schema's dataclass.

    Args:
        message: one of a class that `message_class` made.
    """
    content: PaperInfo = _content(message, PaperInfo)
    return content


def _content(message: Message, block: type) -> Any:
    arguments: dict[str, Any] = {}
    for described, value in message.ListFields():
        field = fields(block)[described.name]
        if field.block:
            arguments[field.name] = _content(value, field.block)
        elif described.enum_type:
            names = {each.number: each.name for each in described.enum_type.values}
            arguments[field.name] = tuple(names[each] for each in value) if field.repeated else Status(names[value])
        else:
            arguments[field.name] = tuple(value) if field.repeated else value
    return block(**arguments)
