"""Random trees for property tests: every shape that the grammar can give, whether or not it means anything."""

from hypothesis import strategies as st

from fabula.language import tree
from fabula.language.words import DEMANDS, RESERVED

LETTERS = st.sampled_from("abcXYZäé_'9?")
NAMES = st.builds(
    lambda first, rest: tree.Name(first + rest), st.sampled_from("pqTÄ"), st.text(LETTERS, max_size=4)
).filter(lambda name: name.text not in RESERVED)
NUMBERS = st.one_of(st.integers(-50, 50).map(float), st.floats(-1e6, 1e6))
LITERALS = st.builds(tree.Literal, st.one_of(st.none(), st.booleans(), NUMBERS))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
LISTS = st.lists(NAMES, min_size=1, max_size=3).map(tuple)


def chains(operands: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    """Draw arithmetic that can be read in one way only."""
    operators = st.one_of(
        st.sampled_from(["+", "-", "*", "/"]).map(lambda op: (op,)),
        st.sampled_from([("+", "+"), ("+", "-"), ("*", "*", "*"), ("*", "/")]),
    )

    def fill(chosen: tuple[str, ...]) -> st.SearchStrategy[tree.Expression]:
        size = len(chosen) + 1
        return st.builds(
            tree.Chain, st.just(chosen), st.lists(operands, min_size=size, max_size=size).map(tuple)
        )

    return operators.flatmap(fill)


def larger(inner: st.SearchStrategy[tree.Expression]) -> st.SearchStrategy[tree.Expression]:
    """Draw an expression around smaller ones."""
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    pairs = st.lists(st.tuples(inner, inner), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(tree.And, several),
        st.builds(tree.Or, several),
        st.builds(tree.Not, inner),
        st.builds(tree.If, pairs, st.one_of(st.none(), inner)),
        st.builds(
            tree.Quantified, st.sampled_from(["forall", "exists", "sum", "product"]), NAMES, NAMES, inner
        ),
        st.builds(tree.Assign, inner, inner),
        st.builds(tree.Compare, st.sampled_from(["==", "!=", ">=", "<=", ">", "<"]), inner, inner),
        st.builds(tree.IsA, inner, NAMES),
        st.builds(tree.Believes, NAMES, inner),
        chains(inner),
    )


CALLS = st.builds(tree.Call, NAMES, st.lists(st.one_of(NAMES, LITERALS), max_size=3).map(tuple))
EXPRESSIONS = st.recursive(st.one_of(NAMES, LITERALS, CALLS), larger, max_leaves=12)

CONSTANTS = LITERALS.filter(lambda literal: literal.value is not None)
PARAMETERS = st.one_of(st.builds(tree.Parameter, NAMES, NAMES), NAMES, CONSTANTS)
SIGNATURES = st.builds(tree.Signature, NAMES, st.lists(PARAMETERS, max_size=3).map(tuple))
EPISODES = st.builds(tree.Literal, st.integers(1, 12).map(float))
PARTS = st.one_of(
    st.builds(tree.Precondition, EXPRESSIONS),
    st.builds(tree.Effect, EXPRESSIONS),
    st.builds(tree.Consenting, st.one_of(st.just(()), LISTS)),
    st.builds(tree.Observing, NAMES, NAMES, EXPRESSIONS),
    st.builds(tree.Reveals, EPISODES),
    st.builds(tree.Tags, LISTS),
)
SOME_PARTS = st.lists(PARTS, max_size=4).map(tuple)
ALONE = st.sampled_from([f"{word}{end}" for word in sorted(DEMANDS) for end in ("", " finally")])
PAIRED = st.sampled_from(["only after", "before", "someone knows"])
DEFINITIONS = st.one_of(
    st.builds(tree.ContractDefinition, TEXTS, ALONE, EXPRESSIONS, st.none()),
    st.builds(tree.ContractDefinition, TEXTS, PAIRED, EXPRESSIONS, EXPRESSIONS),
    st.builds(tree.TypeDefinition, NAMES, st.one_of(st.just(()), LISTS)),
    st.builds(tree.EntityDefinition, NAMES, LISTS),
    st.builds(tree.PropertyDefinition, SIGNATURES, NAMES),
    st.builds(tree.ActionDefinition, SIGNATURES, SOME_PARTS),
    st.builds(tree.TriggerDefinition, SIGNATURES, st.lists(PARTS, max_size=2).map(tuple)),
    st.builds(tree.UtilityDefinition, st.one_of(st.none(), NAMES), EXPRESSIONS),
    st.builds(tree.Statement, EXPRESSIONS),
    st.builds(tree.Heading, NAMES, TEXTS),
    st.builds(tree.Import, TEXTS),
    st.builds(tree.BeatDefinition, TEXTS, EXPRESSIONS),
    st.builds(tree.RevealDefinition, EPISODES, EXPRESSIONS),
    st.builds(tree.TagDefinition, LISTS, EXPRESSIONS),
)
TREES = st.builds(tree.Tree, st.lists(DEFINITIONS, max_size=5).map(tuple))
