"""Coding at scale: files of articles in, Parquet parts and completion markers out.

``code_files`` codes; ``read_folder`` and ``readings_of`` read what was coded. See ``docs/scale.md``.
"""

from __future__ import annotations

from communique.scale.folder import read_folder, readings_of
from communique.scale.parts import Coded, Failed, Job, Part, code_part
from communique.scale.run import code_files

__all__ = ["Coded", "Failed", "Job", "Part", "code_files", "code_part", "read_folder", "readings_of"]
