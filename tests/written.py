"""Records as texts of both formats."""

from mkdocs_papers.records.formats import FORMATS_BY_SUFFIX

write_prototxt = FORMATS_BY_SUFFIX[".prototxt"].write
write_yaml = FORMATS_BY_SUFFIX[".yaml"].write
