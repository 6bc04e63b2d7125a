"""Tree -> text: the shortest text that reads as the same tree, with brackets where the grammar or a reader needs them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from fabula.language import tree
from fabula.language.layout import lay_out

_AND, _OR, _OPENED, _ASSIGN, _COMPARE, _IS_A, _TOTAL, _CHAIN, _ATOM = range(1, 10)
"""How tightly a form binds, loosest first, as in the grammar."""


def unparse(whole: tree.Tree) -> str:
    """The text of a tree, laid out; reading it gives an equal tree."""
    return lay_out("".join(f"{definition(d)};\n" for d in whole.definitions), whole.source)


def definition(d: tree.Definition) -> str:
    """One definition on one line, without its `;`."""
    match d:
        case tree.TypeDefinition(name, parents):
            return f"type {name.text}" + (f" : {_names(parents)}" if parents else "")
        case tree.EntityDefinition(name, types):
            return f"entity {name.text} : {_names(types)}"
        case tree.PropertyDefinition(signature, type_):
            return f"property {_signature(signature)} : {type_.text}"
        case tree.ActionDefinition(signature, parts):
            return f"action {_signature(signature)} {{ {''.join(f'{_part(p)}; ' for p in parts)}}}"
        case tree.TriggerDefinition(signature, parts):
            return f"trigger {_signature(signature)} {{ {''.join(f'{_part(p)}; ' for p in parts)}}}"
        case tree.UtilityDefinition(character, body):
            return f"utility({character.text if character else ''}): {expression(body)}"
        case tree.Statement(body):
            return expression(body)
        case tree.Heading(name, text):
            return f"{name.text}: {_string(text)}"
        case tree.Import(path):
            return f"import {_string(path)}"
        case tree.BeatDefinition(name, condition):
            return f"beat {_string(name) if name else ''}: {expression(condition)}"
        case tree.ContractDefinition(name):
            called = " ".join(filter(None, (d.label, _string(name) if name else "")))
            return f"contract {called}: {demand(d)}"
        case tree.RevealDefinition(episode, condition):
            return f"reveals({expression(episode)}): {expression(condition)}"
        case tree.TagDefinition(names, condition):
            return f"tag({_names(names)}): {expression(condition)}"


def demand(d: tree.ContractDefinition) -> str:
    """What a contract demands, as its author would write it."""
    first = expression(d.first)
    if d.second is None:
        return f"{d.demand} {first}"
    second = expression(d.second)
    return (
        f"{d.demand} {first} when {second}" if d.demand == "someone knows" else f"{first} {d.demand} {second}"
    )


def _part(p: tree.Part) -> str:
    """One part of an action or trigger."""
    match p:
        case tree.Precondition(body):
            return f"precondition: {expression(body)}"
        case tree.Effect(body):
            return f"effect: {expression(body)}"
        case tree.Consenting(names):
            return f"consenting: {_names(names)}"
        case tree.Observing(variable, type_, body):
            return f"observing({variable.text} : {type_.text}): {expression(body)}"
        case tree.Reveals(episode):
            return f"reveals: {expression(episode)}"
        case tree.Tags(names):
            return f"tags: {_names(names)}"


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
    return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")


def _string(text: str) -> str:
    """A text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _names(names: Iterable[tree.Name]) -> str:
    """Names with commas between them."""
    return ", ".join(name.text for name in names)


def _signature(signature: tree.Signature) -> str:
    """`name(parameters)`."""
    said = (
        f"{p.name.text} : {p.type.text}" if isinstance(p, tree.Parameter) else _atom(p)
        for p in signature.parameters
    )
    return f"{signature.name.text}({', '.join(said)})"
