"""Tree -> text: the shortest text that reads as the same tree, with brackets where the grammar or a reader needs them."""

from __future__ import annotations

from collections.abc import Iterable

from fabula.language import tree
from fabula.language.layout import lay_out
from fabula.language.spelling import demand, expression


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


def _string(text: str) -> str:
    """A text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _names(names: Iterable[tree.Name]) -> str:
    """Names with commas between them."""
    return ", ".join(name.text for name in names)


def _signature(signature: tree.Signature) -> str:
    """`name(parameters)`."""
    said = (
        f"{p.name.text} : {p.type.text}" if isinstance(p, tree.Parameter) else expression(p)
        for p in signature.parameters
    )
    return f"{signature.name.text}({', '.join(said)})"
