"""`python -m orgdata`."""

import gc
import sys

gc.disable()  # what is imported is there to stay: to look through it again and again takes a tenth

from orgdata.cli import main  # noqa: E402

gc.freeze()
gc.enable()
sys.exit(main())
