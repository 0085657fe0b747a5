# Recovery over the resident size of the worker that is killed, with the floors of such a victim.
# Usage and options: style.gp. How it is drawn: curves.gp. Data: kill-victim*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
data = 'kill-victim'
load 'curves.gp'
