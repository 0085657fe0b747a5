# Memory of a worker over workers.
# Usage and options: style.gp. How it is drawn: curves.gp. Data: memory*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
data = 'memory'
load 'curves.gp'
