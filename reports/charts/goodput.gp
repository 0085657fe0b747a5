# Tasks done while workers are killed, over kills a second, with what theory gives.
# Usage and options: style.gp. How it is drawn: curves.gp. Data: goodput*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
data = 'goodput'
load 'curves.gp'
