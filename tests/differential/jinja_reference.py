"""Templates as the reference renders them: transformers' own environment, with the clock stopped."""
import datetime

from transformers.utils import chat_template_utils

NOW = datetime.datetime(2025, 7, 10, 12, 0, 0)


class StoppedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


chat_template_utils.datetime = StoppedClock


def render(source, values):
    """The text, or None where the reference refuses the template or the values."""
    try:
        return chat_template_utils._compile_jinja_template(source).render(**values)
    except Exception:
        return None
