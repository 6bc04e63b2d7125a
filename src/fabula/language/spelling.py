"""Expression -> text: with brackets where the grammar or a reader needs them."""

from __future__ import annotations

from itertools import count

from fabula.language import tree

_AND, _OR, _OPENED, _ASSIGN, _COMPARE, _IS_A, _TOTAL, _CHAIN, _ATOM = range(1, 10)
"""How tightly a form binds, loosest first, as in the grammar."""


def demand(d: tree.ContractDefinition) -> str:
    """What a contract demands, as its author would write it."""
    first = expression(d.first)
    if d.second is None:
        return f"{d.demand} {first}"
    second = expression(d.second)
    return (
        f"{d.demand} {first} when {second}" if d.demand == "someone knows" else f"{first} {d.demand} {second}"
    )


def expression(e: tree.Expression, least: int = _AND) -> str:
    """An expression, in brackets unless it binds at least so tightly."""
    binding, text = _expression(e)
    return text if binding >= least else f"({text})"


def _expression(e: tree.Expression) -> tuple[int, str]:
    """How tightly an expression binds, and its text."""
    match e:
        case tree.And(parts):
            return _AND, " & ".join(expression(p, _OPENED) for p in parts)
        case tree.Or(parts):
            return _OR, " | ".join(expression(p, _OPENED) for p in parts)
        case tree.Not(body):
            return _OPENED, f"!{expression(body, _OPENED)}"
        case tree.If():
            return _OPENED, _if(e)
        case tree.Quantified(word, variable, type_, body):
            total = word in {"sum", "product"}
            inner = expression(body, _TOTAL if total else _OPENED)
            return _TOTAL if total else _OPENED, f"{word}({variable.text} : {type_.text}) {inner}"
        case tree.Assign(target, value):
            return _ASSIGN, f"{expression(target, _COMPARE)} = {expression(value, _COMPARE)}"
        case tree.Compare(operator, left, right):
            return _COMPARE, f"{expression(left, _IS_A)} {operator} {expression(right, _IS_A)}"
        case tree.IsA(subject, type_):
            return _IS_A, f"{expression(subject, _TOTAL)} : {type_.text}"
        case tree.Chain(operators, operands):
            first, *others = (expression(o, _ATOM) for o in operands)
            pairs = zip(operators, others, strict=True)
            return _CHAIN, first + "".join(f" {op} {operand}" for op, operand in pairs)
        case _:
            return _ATOM, _atom(e)


def _if(e: tree.If) -> str:
    """An `if`; brackets keep its `else` from an inner `if`, and show what belongs to the `else`."""
    words = ("if", *("elseif" for _ in e.branches[1:]))
    said = [f"{w}({expression(c)}) {_body(b)}" for w, (c, b) in zip(words, e.branches, strict=True)]
    if e.otherwise is not None:
        is_chain = isinstance(e.otherwise, tree.Chain)
        said.append(f"else {expression(e.otherwise, _ATOM if is_chain else _OPENED)}")
    return " ".join(said)


def _body(e: tree.Expression) -> str:
    """What stands between a condition and the next `else`."""
    return expression(e, _ATOM if _open(e) else _OPENED)


def _open(e: tree.Expression) -> bool:
    """Whether an `else` behind this would be taken as its own."""
    while isinstance(e, tree.Not | tree.Quantified):
        e = e.body
    return isinstance(e, tree.If)


def _atom(e: tree.Expression) -> str:
    """What needs no brackets anywhere."""
    match e:
        case tree.Name(text):
            return text
        case tree.Literal(value):
            return "?" if value is None else str(value) if isinstance(value, bool) else _number(value)
        case tree.Call(name, arguments):
            return f"{name.text}({', '.join(expression(a) for a in arguments)})"
        case tree.Believes(character, body):
            return f"believes({character.text}, {expression(body)})"
    raise AssertionError(e)


def _number(value: float) -> str:
    """A number in the digits that it needs, without decimals when whole."""
    if value == int(value):
        return str(int(value))
    return next(text for places in count(1) if float(text := f"{value:.{places}f}") == value)
