"""Which names a template looks up, as far as its source tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.base import FilterExpression, Node, NodeList, TokenType, Variable
from django.template.defaulttags import ForNode, WithNode
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode

from accounts.templatetags.kept import Kept

#: What Django gives to every template.
EVERYWHERE = frozenset({"True", "False", "None", "csrf_token"})


def used(name: str) -> set[str]:
    """The names that a template, or one that it includes, looks up and does not make itself."""
    return _of_list(_nodes(name), EVERYWHERE)


def kept(name: str) -> Iterator[Kept]:
    """The ``{% kept %}`` tags of a template."""
    for node in _nodes(name).get_nodes_by_type(Kept):
        assert isinstance(node, Kept)
        yield node


def _nodes(name: str) -> NodeList:
    part: Any = get_template(name)
    nodes: NodeList = part.template.nodelist
    return nodes


def _of_list(nodes: NodeList, known: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        found |= _of_node(node, known)
        made = {getattr(node, name, None) for name in ("asvar", "target_var", "_as")}
        known |= {one for one in made if isinstance(one, str)}
    return found


def _of_node(node: Node, known: frozenset[str]) -> set[str]:
    found = {name for name in _names(list(vars(node).values())) if name not in known}
    inside = known | _made_inside(node)
    if isinstance(node, BlockTranslateNode):
        found |= _of_words(node) - inside
    if isinstance(node, IncludeNode) and isinstance(node.template.var, str):
        before = EVERYWHERE if node.isolated_context else known
        found |= _of_list(_nodes(node.template.var), before | frozenset(node.extra_context))
    for attribute in node.child_nodelists:
        below: Any = getattr(node, attribute, NodeList())
        found |= _of_list(below, inside)
    return found


def _made_inside(node: Node) -> frozenset[str]:
    if isinstance(node, ForNode):
        return frozenset({*node.loopvars, "forloop"})
    if isinstance(node, WithNode):
        return frozenset(node.extra_context)
    if isinstance(node, BlockTranslateNode):
        return frozenset({*node.extra_context, node.countervar or ""})
    return frozenset()


def _of_words(node: BlockTranslateNode) -> set[str]:
    tokens = [*node.singular, *(node.plural or [])]
    words = (token.contents for token in tokens if token.token_type == TokenType.VAR)
    return {word.partition("|")[0].partition(".")[0] for word in words}


def _names(value: Any) -> Iterator[str]:
    """Of every expression in what a node holds, apart from the nodes below it."""
    if isinstance(value, FilterExpression):
        yield from _of_expression(value)
        return
    for one in _parts(value):
        yield from _names(one)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list | tuple) and not isinstance(value, NodeList):
        return list(value)
    if hasattr(value, "lbp"):
        # The condition of an {% if %}.
        return [getattr(value, part, None) for part in ("value", "first", "second")]
    return []


def _of_expression(expression: FilterExpression) -> Iterator[str]:
    given = [value for _, pairs in expression.filters for known, value in pairs if known]
    for variable in (expression.var, *given):
        if isinstance(variable, Variable) and variable.lookups:
            yield variable.lookups[0]
