"""A spin is read from TOML, and its mistakes are told."""

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.tell import Spin, load_spin


def test_a_spin_is_read() -> None:
    """Every field may be given; what is not, keeps its default."""
    spin = load_spin(
        'order = "in-medias-res"\nviewpoint = "Ann"\nopens_at = "give"\nwords = 700\nmemory_share = 0.5'
    )
    assert spin == Spin("", "in-medias-res", "Ann", "give", words=700, memory_share=0.5)
    assert load_spin("opens_at = 3").opens_at == "3"
    assert load_spin("seed = 4", base=spin).viewpoint == "Ann"


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("sed = 1", "a spin has no `sed`"),
        ('order = "backwards"', "`order` cannot be `backwards`"),
        ('words = "many"', "`words` should be a number"),
        ("words = -1", "`words` cannot be less than 0"),
        ("viewpoint = 1", "`viewpoint` should be a text in quotation marks"),
        ("order =", "this is no toml"),
        ("words = true", "`words` should be a number"),
    ],
)
def test_a_mistake_in_a_spin_is_told(text: str, headline: str) -> None:
    """One clear headline, never a traceback."""
    with pytest.raises(Mistakes) as caught:
        load_spin(text)
    assert caught.value.diagnostics[0].headline.startswith(headline)
