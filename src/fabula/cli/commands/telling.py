"""The commands that show a story: told, or drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from fabula.cli.commands.polish import Difference, Model, Polish, Remote, polisher
from fabula.cli.ending import Ended, Ending
from fabula.cli.options import Output
from fabula.cli.question import Question
from fabula.cli.screen import say, write

if TYPE_CHECKING:
    from fabula.story.story import Story
    from fabula.tell.choose.choice import Choice
    from fabula.tell.telling import Telling

Format = Literal["text", "markdown", "html", "json", "epub"]
Kind = Literal["lanes", "arcs", "feelings", "map", "causes", "stories"]
Order = Literal["chronicle", "in-medias-res", "surprise"]
Shape = Literal["rise", "tragedy", "man-in-a-hole", "icarus", "cinderella", "oedipus"]


def tell(
    question: Question,
    viewpoint: Annotated[
        str | None, typer.Option(metavar="NAME", help="From whose head; `` for a narrator who knows all.")
    ] = None,
    order: Annotated[
        Order | None,
        typer.Option(help="As it happened, from the middle of things, or with causes held back."),
    ] = None,
    seen: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="The last episode you know: stop before giving away more."),
    ] = None,
    words: Annotated[int | None, typer.Option(metavar="N", min=0, help="About so many words.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Another choice of words.")] = None,
    spin: Annotated[str, typer.Option(metavar="NAME", help="One of the world's own ways of telling.")] = "",
    form: Annotated[
        Format | None,
        typer.Option("--format", help="The form of the output; without it, by the name of the FILE."),
    ] = None,
    output: Output = None,
    best: Annotated[
        int | None,
        typer.Option(
            "--best", metavar="N", min=1, help="Choose from many stories: the N best, unlike each other."
        ),
    ] = None,
    shape: Annotated[
        Shape | None,
        typer.Option(metavar="SHAPE", help=f"Choose by how fortune moves: {', '.join(get_args(Shape))}."),
    ] = None,
    any_ending: Annotated[
        bool,
        typer.Option(
            "--any-ending", help="Choose also from stories that end otherwise than the author hopes."
        ),
    ] = False,
    polish: Polish = None,
    model: Model = None,
    allow_remote: Remote = False,
    polish_diff: Difference = None,
) -> None:
    """Find the story of a world and tell it."""
    from fabula.cli.formats import FORMS, TOGETHER, form_of
    from fabula.pipeline.tell import tell as telling

    kind = form or form_of(output)
    if kind == "epub" and output is None:
        raise typer.BadParameter("a book is no text to be printed: --format epub needs -o FILE")

    polished = polisher(polish, model, allow_remote, polish_diff)

    def told(story: Story) -> Telling:
        wishes = {"viewpoint": viewpoint, "order": order, "words": words, "seed": seed}
        plain = _unspoilt(telling(question.reading, story, spin, **wishes), seen)
        return polished(question.reading, story, plain)

    if best is None and shape is None and not any_ending:
        write(FORMS[kind](told(question.story), question.story), output)
        return
    if kind not in TOGETHER and output is None:
        raise typer.BadParameter(
            f"each story is a file of its own: --best with --format {kind} needs -o FILE"
        )
    found, choices = _chosen(question, best or 1, shape, any_ending, spin, viewpoint)
    tellings = [told(choice.story) for choice in choices]
    if kind in TOGETHER:
        write(TOGETHER[kind](choices, tellings, found), output)
    elif output is not None:
        _write_each(
            choices, [FORMS[kind](t, c.story) for t, c in zip(tellings, choices, strict=True)], output, found
        )


def _unspoilt(telling: Telling, seen: int | None) -> Telling:
    """Return a telling that gives away no more than the reader has seen. Raises Ended if it does."""
    gate = telling.front.matter.gate
    if seen is not None and gate > seen:
        raise Ended(
            Ending.SPOILER,
            f"this telling gives away episode {gate}, and you have seen up to episode {seen}; "
            f"`--seen {gate}` tells it all the same",
        )
    return telling


def _chosen(
    question: Question, best: int, shape: Shape | None, any_ending: bool, spin: str, viewpoint: str | None
) -> tuple[str, tuple[Choice, ...]]:
    """Choose stories, and say from what. Raises Mistakes, and Ended if there are none."""
    from fabula.pipeline.tell import way
    from fabula.tell.choose import choose

    found = question.many
    stories = found.stories + (found.others if any_ending else ())
    if not stories:
        raise question.none(found.outcome, "`--any-ending` chooses from stories that end otherwise")
    who = way(question.reading, stories[0], spin, viewpoint=viewpoint).viewpoint
    choices = choose(stories, best, shape, who, () if any_ending else found.others)
    return "\n".join([str(found), *_lacking(choices, best, shape, any_ending)]), choices


def _lacking(choices: Sequence[Choice], best: int, shape: Shape | None, any_ending: bool) -> Iterator[str]:
    """Say where the choice is poorer than what was asked for, and the way out."""
    from fabula.tell.choose import FITS, fortune, nearest

    few = len(choices) < best
    poor = shape is not None and (choices[0].scores.fit or 0.0) < FITS
    if few:
        yield f"Apart from the order of acts there {'is' if len(choices) == 1 else 'are'} only {len(choices)} to tell."
    if poor:
        first = choices[0]
        other, fitting = nearest(fortune(first.story, first.hero))
        own = f"; the first is more of a `{other}` ({fitting:.0%})" if other != shape and fitting else ""
        yield f"None has the shape `{shape}` for {first.hero}: the best fits by {first.scores.fit:.0%}{own}."
    if (few or poor) and not any_ending:
        yield "`--any-ending` chooses also from stories that end otherwise."


def _write_each(choices: Sequence[Choice], forms: Sequence[str | bytes], output: Path, found: str) -> None:
    """Write every story into a file of its own, and print which is which."""
    from fabula.present.choices import headings

    say(found)
    for number, (form, head) in enumerate(zip(forms, headings(choices), strict=True), 1):
        file = output.with_stem(f"{output.stem}-{number}") if len(forms) > 1 else output
        write(form, file)
        say(f"\n{file}: {head[0]}\n{head[1]}")


def picture(
    question: Question,
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="lanes|arcs|feelings|map|causes|stories",
            help="Who believes what; how everybody fares; what they feel; how it is told; what leads to what; "
            "how else it might go.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to a .svg, .html or .png file."),
    ] = None,
    spin: Annotated[str, typer.Option(metavar="NAME", help="For the map: one of the ways of telling.")] = "",
) -> None:
    """Find the story of a world and draw it."""
    from fabula.cli.formats import PICTURES, painter

    paint = painter(output)
    drawn = PICTURES[kind](question, spin)
    write(paint(drawn, question.reading.world.title_page.language), output)
