# Recovery over the resident size of the supervisor, with a plain fork beside it.
# Usage and options: style.gp. How it is drawn: curves.gp. Data: kill-supervisor*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
data = 'kill-supervisor'
load 'curves.gp'
