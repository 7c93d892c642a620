"""Shifts the clock of a child process: Python imports this module at start when its folder is on
PYTHONPATH. The shift is the parent's, so that both read the same date, and time runs on."""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["SHIFT_CLOCK_BY"])).start()  # noqa: TID251
