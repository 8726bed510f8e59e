"""Our own web process without the context of row security, for a clone on which the policies are off."""

from lianjian.foundation import context

context.enter = lambda readable, writable: None

from lianjian.config.wsgi import application  # noqa: E402, F401 - after the context was taken away
