"""`python -m lianjian.config.launcher worker` is the worker; with anything else it is the command `lianjian`."""

from __future__ import annotations

import sys

from . import command, worker

if sys.argv[1:2] == ["worker"]:
    # By way of the package: procrastinate dislikes an app that is made in the main module.
    worker.main()
else:
    sys.exit(command.main())
