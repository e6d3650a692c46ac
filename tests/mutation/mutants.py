"""Mutants of a module: each is its code with one small fault, of a kind that people make."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_NOT_RUN = (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault.

    Attributes:
        number: its place among the mutants of its module, from 0.
        kind: what was done: "comparison", "constant".
        line: where the changed code begins, from 1.
        column: the same, from 1.
        lines: the lines of the statement that it stands in; of a compound statement, those of its head.
        before: the code that was changed.
        after: what stands there instead.
    """

    number: int
    kind: str
    line: int
    column: int
    lines: range
    before: str
    after: str


def mutants(source: str) -> list[Mutant]:
    """All mutants of a module, in order of place; the same source always gives the same."""
    mutator = _Mutator(None)
    mutator.visit(ast.parse(source))
    return mutator.found


def mutated(source: str, number: int) -> ast.Module:
    """The code of the mutant of that number.

    Raises:
        IndexError: there is no such mutant.
    """
    mutator = _Mutator(number)
    tree = ast.parse(source)
    mutator.visit(tree)
    if not mutator.done:
        raise IndexError(number)
    return ast.fix_missing_locations(tree)


class _Mutator(ast.NodeTransformer):
    """Counts the mutants of a tree, and makes the one that is wanted."""

    def __init__(self, wanted: int | None) -> None:
        self.wanted = wanted
        self.found: list[Mutant] = []
        self.done = False
        self._lines = range(0)

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, _NOT_RUN) or _is_docstring(node):
            return node
        outer = self._lines
        if isinstance(node, ast.stmt):
            self._lines = _own_lines(node)
        if isinstance(node, ast.expr | ast.stmt | ast.comprehension):
            for kind, other in _faults(node):
                if len(self.found) == self.wanted and not self.done:
                    self.done = True
                    return ast.copy_location(other, node)
                self._add(kind, node, other)
        visited = self._visit_code(node)
        self._lines = outer
        return visited

    def _add(self, kind: str, node: ast.AST, other: ast.AST) -> None:
        place = node.iter if isinstance(node, ast.comprehension) else node
        assert isinstance(place, ast.expr | ast.stmt)
        before, after = _shown(node), _shown(other)
        self.found.append(Mutant(len(self.found), kind, place.lineno, place.col_offset + 1, self._lines, before, after))

    def _visit_code(self, node: ast.AST) -> ast.AST:
        """Visit what runs below a node: neither types nor decorators do, for a test of behaviour."""
        if isinstance(node, ast.arg):
            return node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not isinstance(node, ast.ClassDef):
                self.visit(node.args)
            node.body = [self._statement(each) for each in node.body]
            return node
        if isinstance(node, ast.AnnAssign):
            if node.value:
                value = self.visit(node.value)
                assert isinstance(value, ast.expr)
                node.value = value
            return node
        return self.generic_visit(node)

    def _statement(self, node: ast.stmt) -> ast.stmt:
        visited = self.visit(node)
        assert isinstance(visited, ast.stmt)
        return visited


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _own_lines(node: ast.stmt) -> range:
    body: list[ast.AST] = getattr(node, "body", None) or getattr(node, "cases", [])
    last = node.end_lineno or node.lineno
    if body:
        first = body[0].pattern if isinstance(body[0], ast.match_case) else body[0]
        last = max(node.lineno, getattr(first, "lineno", node.lineno) - 1)
    return range(node.lineno, last + 1)


def _shown(node: ast.AST) -> str:
    """The code of a node, on one line and not too long; of a compound statement, its head."""
    text = ast.unparse(node).strip().partition("\n")[0]
    most = 100
    return text if len(text) <= most else f"{text[:most]}..."


def _faults(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What may stand in a node's stead, each with the kind of fault."""
    match node:
        case ast.Compare(ops=[one]) if type(one) in _COMPARISONS:
            yield "comparison", ast.Compare(node.left, [_COMPARISONS[type(one)]()], node.comparators)
        case ast.BoolOp():
            yield "boolean", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield "boolean" if isinstance(node.op, ast.Not) else "arithmetic", node.operand
        case ast.BinOp() if type(node.op) in _OPERATORS:
            yield "arithmetic", ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
        case ast.Constant():
            yield from _constant_faults(node)
        case ast.Call():
            yield from _call_faults(node)
        case ast.IfExp() if _is_plain(node.test):
            yield "boolean", ast.IfExp(_negated(node.test), node.body, node.orelse)
        case ast.comprehension(ifs=[_, *_]):
            yield "boolean", ast.comprehension(node.target, node.iter, node.ifs[1:], node.is_async)
        case ast.stmt():
            yield from _statement_faults(node)


def _constant_faults(node: ast.Constant) -> Iterator[tuple[str, ast.AST]]:
    match node.value:
        case bool():
            yield "constant", ast.Constant(not node.value)
        case int() | float():
            yield "constant", ast.Constant(node.value + 1)
        case str():
            yield "constant", ast.Constant(f"{node.value}XX")
        case bytes():
            yield "constant", ast.Constant(node.value + b"XX")


def _call_faults(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    for position, keyword in enumerate(node.keywords):
        if keyword.arg:
            fewer = [*node.keywords[:position], *node.keywords[position + 1 :]]
            yield "argument", ast.Call(node.func, node.args, fewer)
    match node.args:
        case [ast.expr() as first, ast.expr() as second, *others] if _may_change_places(first, second):
            yield "argument", ast.Call(node.func, [second, first, *others], node.keywords)
        case [ast.expr() as only] if isinstance(node.func, ast.Name) and not isinstance(only, ast.Starred):
            if not node.keywords and not isinstance(only, ast.GeneratorExp):
                yield "call", only
    plain = all(isinstance(each, ast.Constant) for each in node.args) and not node.keywords
    if plain and isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Constant):
        yield "call", node.func.value


def _may_change_places(first: ast.expr, second: ast.expr) -> bool:
    """Whether it makes a difference, and can be called, with two arguments the other way round."""
    return not isinstance(first, ast.Starred) and ast.dump(first) != ast.dump(second)


def _statement_faults(node: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.If() | ast.While() if _is_plain(node.test):
            yield "boolean", type(node)(_negated(node.test), node.body, node.orelse)
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "return", ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.AugAssign():
            yield "statement", ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield "statement", ast.Pass()
        case ast.Continue():
            yield "statement", ast.Break()
        case ast.Break():
            yield "statement", ast.Continue()


def _is_plain(test: ast.expr) -> bool:
    """Whether no other fault turns this condition round."""
    turned = isinstance(test, ast.Compare) and len(test.ops) == 1
    return not turned and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not))


def _negated(test: ast.expr) -> ast.UnaryOp:
    return ast.UnaryOp(ast.Not(), test)
