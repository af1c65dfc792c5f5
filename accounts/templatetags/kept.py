"""The tag {% kept "part.html" name=value %}: a part of a page that is written once a process for
each set of values.

The part is given those values and nothing else: no person, no request, no clock. So whatever it
shows is in its key, and it cannot show to one person what is another's, or what was so before.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

#: How many parts a process keeps. The largest has 20 kB.
PARTS = 1000
#: Values with more letters are somebody's words, or an attack. The part is then written for them.
LETTERS = 2000
#: Stands in a kept part where each page writes its own token. Nobody can type it.
TOKEN = secrets.token_hex(16)


@lru_cache(maxsize=PARTS, typed=True)
def written(
    name: str, language: str | None, names: tuple[str, ...], *values: Any
) -> tuple[str, ...]:
    """The part, cut where the page's token stands. ``typed``: words that are safe as they are, and
    the same words of a person, are not the same."""
    for value in values:
        if isinstance(value, datetime):
            raise TypeError(f"{name} is kept, so it takes words and no moment: {value!r}")
    context = template.Context({**dict(zip(names, values, strict=True)), "csrf_token": TOKEN})
    part: Any = get_template(name)
    return tuple(part.template.render(context).split(TOKEN))


class Kept(template.Node):
    def __init__(self, name: str, values: dict[str, FilterExpression]) -> None:
        self.name = name
        self.names = tuple(values)
        self.values = tuple(values.values())

    def render(self, context: template.Context) -> SafeString:
        given = [value.resolve(context) for value in self.values]
        write = written if _letters(given) <= LETTERS else written.__wrapped__
        pieces = write(self.name, get_language(), self.names, *given)
        if len(pieces) == 1:
            return SafeString(pieces[0])
        return SafeString(str(context.get("csrf_token", "")).join(pieces))


def _letters(value: Any) -> int:
    """How many letters the words in a value have together, those of its parts as well."""
    if isinstance(value, str):
        return len(value)
    return sum(map(_letters, value)) if isinstance(value, list | tuple) else 0


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """``{% kept "part.html" name=value %}``. Values are plain: words, numbers, days, and tuples."""
    _tag, name, *rest = token.split_contents()
    values = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError(f"kept takes a template and name=value, not {rest}")
    return Kept(name.strip("\"'"), values)
