"""Counting in a template: what it does is made to count its own steps, and is looked over for depth."""

from collections.abc import Iterable
from typing import Any

import jinja2
from jinja2 import nodes, pass_context
from jinja2.visitor import NodeTransformer

from handouts.template.cost import take, weigh

_DEEPEST = 50
"""How deep statements and expressions stand in each other; Python takes about twice as much."""

_LOOPS = 10
"""How many loops stand in each other; Python takes 20."""

_BODIES = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
"""What is counted by itself, each time that it is done."""

TOO_DEEP = "brackets or statements stand too deep in each other"
"""What is said of a template that Python could not take."""

TOO_MANY_LOOPS = f"more than {_LOOPS} loops stand in each other"
"""The same, of its loops."""

# Names of filters that nobody can write in a template.
_STEP, _WEIGH, _JOIN = "a step", "weigh it", "join them"


class Counter(NodeTransformer):
    """Puts a count into whatever can be repeated, and before what may be long."""

    def __init__(self, name: str | None, file: str | None) -> None:
        self.name, self.file = name, file
        self.depth = self.loops = 0

    def visit(self, node: nodes.Node, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401  (Jinja2's signature)
        """Visit a node that is not too deep.

        Raises:
            TemplateSyntaxError: It is.
        """
        self.depth += 1
        if self.depth > _DEEPEST or self.loops > _LOOPS:
            what = TOO_MANY_LOOPS if self.loops > _LOOPS else TOO_DEEP
            raise jinja2.TemplateSyntaxError(what, node.lineno, self.name, self.file)
        done = super().visit(node, *arguments, **named)
        self.depth -= 1
        return done

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802  (Jinja2's name)
        """Count a loop's rounds, those that its condition leaves out too."""
        body, test = _step(node.body, node.lineno), None
        if node.test:
            test = nodes.And(_counted([node.test], node.lineno), node.test, lineno=node.lineno)
            node.test = test
        self.loops += 1
        self.generic_visit(node)
        self.loops -= 1
        node.body.insert(0, body)
        return node

    def _bodied(self, node: Any) -> Any:  # noqa: ANN401  (four kinds of node)
        step = _step(node.body, node.lineno)
        self.generic_visit(node)
        node.body.insert(0, step)
        return node

    visit_Template = visit_Macro = visit_CallBlock = visit_Block = _bodied  # noqa: N815  (Jinja2's names)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802  (Jinja2's name)
        """Join with `~` what is not too long together."""
        self.generic_visit(node)
        return _through(_JOIN, nodes.List(node.nodes, lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802  (Jinja2's name)
        """Weigh what is compared."""
        self.generic_visit(node)
        node.expr = _weighed(node.expr)
        for operand in node.ops:
            operand.expr = _weighed(operand.expr)
        return node

    def _many(self, node: Any) -> Any:  # noqa: ANN401  (three kinds of node)
        """Weigh a list with all that stands in it; one that is assigned to is none."""
        self.generic_visit(node)
        return node if getattr(node, "ctx", "load") != "load" else _weighed(node)

    visit_List = visit_Tuple = visit_Dict = _many  # noqa: N815  (Jinja2's names)


def _step(body: Iterable[nodes.Node], line: int) -> nodes.Stmt:
    return nodes.ExprStmt(_counted(body, line), lineno=line)


def _counted(body: Iterable[nodes.Node], line: int) -> nodes.Filter:
    """Make the expression that counts what a body costs: its expressions, its literal text."""
    steps, characters = _cost(body)
    price = nodes.Const((steps + 1, characters), lineno=line)
    return _through(_STEP, price)


def _cost(body: Iterable[nodes.Node]) -> tuple[int, int]:
    steps = characters = 0
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        steps += 1
        if isinstance(node, nodes.TemplateData):
            characters += len(node.data)
        if not isinstance(node, _BODIES):
            waiting += node.iter_child_nodes()
    return steps, characters


def _weighed(node: nodes.Expr) -> nodes.Expr:
    return node if _is_constant(node) else _through(_WEIGH, node)


def _is_constant(node: nodes.Node) -> bool:
    """Whether a value stands in the template itself, so that its size is bounded already."""
    if isinstance(node, nodes.List | nodes.Tuple):
        return all(_is_constant(item) for item in node.items)
    return isinstance(node, nodes.Const)


def _through(name: str, node: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


@pass_context  # so that no count is taken while a template is compiled
def _take(_context: object, price: tuple[int, int]) -> bool:
    take(*price)
    return True


@pass_context
def _weigh(_context: object, value: Any) -> Any:  # noqa: ANN401  (whatever a template holds)
    weigh(value)
    return value


COUNTS = {_STEP: _take, _WEIGH: _weigh}
"""The filters that count."""

JOIN = _JOIN
"""The name of the filter that joins with `~`."""
