# SPDX-License-Identifier: Apache-2.0
"""The backend of the debugging guide: on its port 3001, healthy, or broken as BACKEND_MODE says."""

import os
import pathlib
import runpy
import sys

PORT = "3001"

sys.argv = ["backend.py", PORT, os.environ.get("BACKEND_MODE", "healthy")]
runpy.run_path(str(pathlib.Path(__file__).with_name("backend.py")), run_name="__main__")
