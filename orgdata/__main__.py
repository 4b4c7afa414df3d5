"""`python -m orgdata`."""

import sys

from orgdata.cli import main

sys.exit(main())
