"""The commands that show a story: told, or drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from fabula.cli.ending import Ended, Ending
from fabula.cli.options import Output
from fabula.cli.question import Question
from fabula.cli.screen import write

Format = Literal["text", "markdown", "html", "json", "epub"]
Kind = Literal["lanes", "arcs", "map", "causes"]
Order = Literal["chronicle", "in-medias-res"]


def tell(
    question: Question,
    viewpoint: Annotated[
        str | None, typer.Option(metavar="NAME", help="From whose head; `` for a narrator who knows all.")
    ] = None,
    order: Annotated[Order | None, typer.Option(help="As it happened, or from the middle of things.")] = None,
    seen: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="The last episode you know: stop before giving away more."),
    ] = None,
    words: Annotated[int | None, typer.Option(metavar="N", min=0, help="About so many words.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Another choice of words.")] = None,
    spin: Annotated[str, typer.Option(metavar="NAME", help="One of the world's own ways of telling.")] = "",
    form: Annotated[Format, typer.Option("--format", help="The form of the output.")] = "text",
    output: Output = None,
) -> None:
    """Find the story of a world and tell it."""
    from fabula.cli.formats import FORMS
    from fabula.pipeline.tell import tell as telling

    if form == "epub" and output is None:
        raise typer.BadParameter("a book is no text to be printed: --format epub needs -o FILE")
    reading, story = question.reading, question.story
    told = telling(reading, story, spin, viewpoint=viewpoint, order=order, words=words, seed=seed)
    if seen is not None and told.front.matter.gate > seen:
        raise Ended(
            Ending.SPOILER,
            f"this telling gives away episode {told.front.matter.gate}, and you have seen up to episode {seen}; "
            f"`--seen {told.front.matter.gate}` tells it all the same",
        )
    write(FORMS[form](told), output)


def picture(
    question: Question,
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="lanes|arcs|map|causes",
            help="Who believes what; how everybody fares; how it is told; what leads to what.",
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
    from fabula.pipeline.tell import tell

    paint = painter(output)
    reading, story = question.reading, question.story
    drawn = PICTURES[kind](story, lambda: tell(reading, story, spin))
    write(paint(drawn, reading.world.title_page.language), output)
