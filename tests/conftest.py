"""How all tests run: no clock decides, and the same run draws the same cases."""

from hypothesis import HealthCheck, settings

# A machine under load is slow, not wrong: nothing is judged by time.
settings.register_profile(
    "short",
    deadline=None,
    derandomize=True,
    max_examples=50,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", parent=settings.get_profile("short"), derandomize=False, max_examples=2_000)
settings.load_profile("short")
