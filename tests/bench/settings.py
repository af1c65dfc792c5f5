"""The product's settings for a few people who write as much as hundreds: their writes are not
counted."""

from config.settings import *  # noqa: F403
from config.settings import WRITE_LIMITS

for _action in WRITE_LIMITS:
    WRITE_LIMITS[_action] = None
