"""Every message that reading a text can give, each in one place and in the author's words."""

from __future__ import annotations

from collections.abc import Collection

from fabula.diagnostics.diagnostic import Diagnostic, Label
from fabula.diagnostics.span import Span

_SAID = {
    "_AND": "an operator such as `&`",
    "NAME": "a name",
    "NUMBER": "a number",
    "STRING": 'a text in `"…"`',
    "LEFT": "`(`",
    "RIGHT": "`)`",
    "LEFT_BRACE": "`{`",
    "RIGHT_BRACE": "`}`",
    "_COMMA": "`,`",
    "_COLON": "`:`",
    "_SEMICOLON": "`;`",
    "$END": "`;`",
    "PRECONDITION": "a part such as `precondition:` or `effect:`",
}
_JOINING = {"BEFORE": "`before`", "ONLY": "`only after`", "WHEN": "`when`"}
_SAID |= _JOINING
_INSTEAD = {
    "and": "write `&` for *and*",
    "or": "write `|` for *or*",
    "not": "write `!` for *not*",
    "then": "leave `then` out: the condition of an `if` stands in brackets, what follows needs no word",
    "&": "write a single `&` for *and*",
    "|": "write a single `|` for *or*",
    "=": "write `==` to compare and `=` to set",
    "elif": "write `elseif`",
    ">": "there is no `->`; write `if(a) b` for *b if a*",
}


def too_large(span: Span, most: int) -> Diagnostic:
    """The text is longer than anything worth reading."""
    return Diagnostic(
        "error",
        "too-large",
        "this text is too long for a story world",
        (Label(span),),
        (f"a world may have up to {most:,} characters",),
        ("lay parts of a large world into files of their own and `import` them",),
    )


def not_text(span: Span) -> Diagnostic:
    """The file holds bytes that no text has."""
    return Diagnostic(
        "error",
        "not-text",
        "this file does not hold text",
        (Label(span),),
        ("it has signs in it that only pictures, programs and the like have",),
        ("a world is a plain text file in UTF-8; check that this is the file you meant",),
    )


def too_deep(span: Span, deepest: int) -> Diagnostic:
    """Brackets in brackets in brackets."""
    return Diagnostic(
        "error",
        "too-deep",
        f"more than {deepest} things stand inside each other here",
        (Label(span, "one too many"),),
        ("brackets, `if`, `!`, `forall` and the links of a sum each count as one",),
        ("split it, for instance with a property that a trigger keeps up to date",),
    )


def open_comment(span: Span) -> Diagnostic:
    """`/*` without `*/`."""
    return Diagnostic(
        "error",
        "open-comment",
        "this comment never ends",
        (Label(span, "begins here"),),
        ("everything after it would be part of the comment",),
        ("write `*/` where it should end",),
    )


def open_string(span: Span) -> Diagnostic:
    """A quotation mark without its partner."""
    return Diagnostic(
        "error",
        "open-text",
        "this text has no closing quotation mark",
        (Label(span, "begins here"),),
        (),
        ('write `"` where it should end, and `\\"` for a quotation mark inside it',),
    )


def strange_sign(span: Span, text: str) -> Diagnostic:
    """A character that means nothing in this language."""
    return Diagnostic(
        "error",
        "strange-sign",
        f"the sign `{shortened(text)}` has no meaning here",
        (Label(span),),
        (
            "a name begins with a letter; everything else is a number, a bracket or one of `, ; : * / + - & | ! = < > ?`",
        ),
        ("take it out, or put it into a comment after `//`",),
    )


def open_bracket(span: Span, opening: str, end: Span | None = None, found: str = "") -> Diagnostic:
    """A bracket that nothing closes."""
    labels = (Label(span, "opened here"), *((Label(end, f"still open at this `{found}`"),) if end else ()))
    closing = {"(": ")", "{": "}", "[": "]"}[opening]
    return Diagnostic(
        "error",
        "open-bracket",
        f"this `{opening}` is never closed",
        labels,
        (),
        (f"write the missing `{closing}`",),
    )


def stray_bracket(span: Span, closing: str) -> Diagnostic:
    """A bracket that closes nothing."""
    return Diagnostic(
        "error",
        "stray-bracket",
        f"this `{closing}` closes nothing",
        (Label(span),),
        (),
        ("take it out, or write the bracket that it should close",),
    )


def missing_semicolon(after: Span, following: str) -> Diagnostic:
    """Two definitions or parts with nothing between them."""
    end = Span(after.source, after.end - 1, after.end, after.line, after.column + after.end - after.start - 1)
    return Diagnostic(
        "error",
        "missing-semicolon",
        f"there is no `;` before `{shortened(following)}`",
        (Label(end, "ends here"),),
        ("a `;` stands between any two definitions, and between the parts of an action",),
        ("write `;` here",),
    )


def reserved_word(span: Span, word: str) -> Diagnostic:
    """A word of the language where a name is wanted."""
    return Diagnostic(
        "error",
        "reserved-word",
        f"`{word}` is a word of the language and cannot be a name",
        (Label(span, "a name stands here"),),
        ("so are `if elseif else believes forall exists sum product True False`",),
        ("choose another name; capital and small letters count as different",),
    )


def unknown_part(span: Span, word: str, owner: str, near: Collection[str]) -> Diagnostic:
    """An action or trigger with a part that there is not."""
    allowed = (
        "precondition, effect"
        if owner == "trigger"
        else "precondition, effect, consenting, observing, reveals, tags"
    )
    return Diagnostic(
        "error",
        "unknown-part",
        f"there is no part `{word}` of {'a trigger' if owner == 'trigger' else 'an action'}",
        (Label(span),),
        (f"the parts of {'a trigger' if owner == 'trigger' else 'an action'} are {allowed}",),
        tuple(f"did you mean `{name}`?" for name in near),
    )


def unexpected(span: Span, text: str, wanted: Collection[str]) -> Diagnostic:
    """A word where another kind of word has to stand."""
    label, hint = say(wanted), _INSTEAD.get(text)
    return Diagnostic(
        "error",
        "unexpected-word",
        f"`{shortened(text)}` cannot stand here",
        (Label(span, f"{label} was expected" if label else ""),),
        (),
        (hint,) if hint else (),
    )


_DEMAND = (
    "say what is demanded: `never …`, `always …`, `possible …`, `impossible …`, these also with `finally`, "
    "`… only after …`, `… before …` or `someone knows … when …`"
)


def breaks_off(span: Span, wanted: Collection[str]) -> Diagnostic:
    """A definition that ends too early."""
    label = say(wanted)
    return Diagnostic(
        "error",
        "breaks-off",
        "this breaks off before it is complete",
        (Label(span, f"{label} was expected after this" if label else ""),),
        (),
        (_DEMAND if "ONLY" in wanted else "write the rest before the `;`",),
    )


def ambiguous_arithmetic(span: Span) -> Diagnostic:
    """Arithmetic that could be read in two ways."""
    return Diagnostic(
        "error",
        "ambiguous-arithmetic",
        "this arithmetic could be read in two ways",
        (Label(span),),
        ("no operator binds tighter than another here, and only the last of a row may be `-` or `/`",),
        ("put brackets around what belongs together",),
    )


def endless_number(span: Span) -> Diagnostic:
    """A number with more than three hundred digits before the point."""
    return Diagnostic(
        "error",
        "endless-number",
        "this number is too large to count with",
        (Label(span),),
        ("numbers go up to about 1 with 308 zeros",),
        ("write a smaller one: only which of two is larger matters in a story",),
    )


def mixed_and_or(whole: Span, inner: Span) -> Diagnostic:
    """`|` beside `&` without brackets."""
    return Diagnostic(
        "warning",
        "mixed-and-or",
        "`&` and `|` stand side by side without brackets",
        (Label(inner, "taken together first"), Label(whole)),
        ("`|` binds tighter than `&` here, the other way round than in most languages",),
        ("put brackets around the part that belongs together",),
    )


def else_takes_all(span: Span) -> Diagnostic:
    """`if(a) 2 else 0 + 7`."""
    return Diagnostic(
        "warning",
        "else-takes-all",
        "all of this arithmetic belongs to the `else`",
        (Label(span, "counts only if the condition fails"),),
        (),
        ("put brackets around it to say so, or around the whole `if` to add to its result",),
    )


def say(wanted: Collection[str]) -> str:
    """What could stand in a place, in words: at most three things, most telling first."""
    if "BELIEVES" in wanted:
        return "a condition or a value"
    kinds = wanted
    if "_AND" in wanted:
        kinds = {"_AND", *(set(wanted) & {"RIGHT", "_COMMA", "_SEMICOLON", "$END", *_JOINING})}
    said = [text for kind, text in _SAID.items() if kind in kinds]
    return " or ".join(dict.fromkeys(said[:3]))


def shortened(text: str) -> str:
    """At most twenty signs of what the author wrote, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 20 else flat[:19] + "…"
