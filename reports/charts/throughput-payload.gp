# Throughput over the size of a payload, with the bare rings and the socket pair.
# Usage and options: style.gp. How it is drawn: curves.gp. Data: throughput-payload*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
data = 'throughput-payload'
load 'curves.gp'
