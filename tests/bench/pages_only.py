"""The product's server settings, without the process that mails about stops: pages alone are
measured."""

from config.serve import *  # noqa: F403

del when_ready  # noqa: F821
