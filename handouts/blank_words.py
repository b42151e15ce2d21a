"""The words for an article's blanks, as a TOML file has them: `name = "words"`, or a list of lines."""

from handouts.errors import UsageError
from handouts.files import decode
from handouts.toml import parse_toml


def read_blank_words(content: bytes, name: str) -> dict[str, str]:
    """Read the words by the blank's name; a list becomes a line an item.

    Args:
        content: The file.
        name: What to call it in messages.

    Raises:
        UsageError: It is no TOML of words.
    """
    table = parse_toml(decode(content, name, error=UsageError), name, error=UsageError).table
    return {key: _words(key, value) for key, value in table.items()}


def _words(name: str, value: object) -> str:
    match value:
        case str():
            return value
        case list() if all(isinstance(one, str) for one in value):
            return "\n".join(value)
        case _:
            hint = 'Write it as name = "words", or as a list of words'
            raise UsageError(f"the value of the blank {name} is no text", hint=hint)
