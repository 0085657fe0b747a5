# Recovery over workers: one busy worker among many idle ones is killed.
# Usage and options: style.gp. How it is drawn: curves.gp. Data: kill-workers*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
data = 'kill-workers'
load 'curves.gp'
