# Throughput over workers, a panel for each size of payload, with the floors drawn in.
# Usage and options: style.gp. Data: throughput*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
stats 'throughput-panels.dat' using 1 nooutput
panels = int(STATS_max) + 1
columns = narrow ? 1 : (panels == 1 ? 1 : 2)
lines = ceil(panels / real(columns))
panel = narrow ? 190 : 250
gap = 40
height = lines * (panel + gap + 42) + (strlen(note) > 0 ? 26 : 0)
load 'style.gp'

left = narrow ? 42 : 52           # for the numbers at the axis
label_width = narrow ? 112 : 124  # for the names at the ends of the lines
cell = (W - 4) / real(columns)

# Of the lines: the pool, and the two floors.
line_colour(kind) = kind == 0 ? 0x0072b2 : kind == 1 ? 0x59636e : 0xb84a00

# What belongs to each panel, asked for before there are ranges, which would hide points from `stats`.
array top[panels]; array first[panels]; array last[panels]; array ring[panels]; array pair[panels]
do for [i = 1:panels] {
  stats 'throughput-panels.dat' using ($1 == i-1 ? $2 : NaN) nooutput; top[i] = STATS_max
  stats 'throughput-panels.dat' using ($1 == i-1 ? $3 : NaN) nooutput; first[i] = STATS_max
  stats 'throughput-panels.dat' using ($1 == i-1 ? $4 : NaN) nooutput; last[i] = STATS_max
  stats 'throughput-floors.dat' using ($1 == i-1 && $2 == 1 ? $3 : NaN) nooutput; ring[i] = STATS_max
  stats 'throughput-floors.dat' using ($1 == i-1 && $2 == 2 ? $3 : NaN) nooutput; pair[i] = STATS_max
}

set multiplot
do for [i = 0:panels-1] {
  x = (i % columns) * cell
  y = (i / columns) * (panel + gap + 42) + gap
  # A third of a doubling of air on both sides.
  set logscale x 2
  set xrange [first[i+1] / 1.25 : last[i+1] * 1.25]
  x_step = workers_step(first[i+1], last[i+1], narrow ? 5 : 7)
  set xtics x_step format '%.0f' scale 0 nomirror textcolor rgb muted
  set yrange [0:top[i+1]]
  y_step = round_step(top[i+1], 4)
  set ytics () scale 0 nomirror textcolor rgb muted
  do for [k = 0:int(top[i+1] / y_step)] { set ytics add (si_label(k * y_step) k * y_step) }
  set border 1; set grid ytics
  set lmargin at screen px(x + left); set rmargin at screen px(x + cell - label_width)
  set tmargin at screen py(y); set bmargin at screen py(y + panel)
  set label 1 'tasks per second' at screen px(x + left), py(y - 11) left tc rgb muted noenhanced
  set label 2 'workers' at screen px(x + cell - label_width), py(y + panel + 34) right tc rgb muted noenhanced
  plot (ring[i+1] > 0 ? ring[i+1] : NaN) with lines lw 1.4 dt (8,5) lc rgb muted, \
       (pair[i+1] > 0 ? pair[i+1] : NaN) with lines lw 1.4 dt (2,4) lc rgb red, \
       'throughput.dat' index i using 1:3:(0):($4-$3) with vectors nohead lw 1.2 lc rgb blue, \
       '' index i using 1:2 with lines lw 2 lc rgb blue, \
       '' index i using 1:2 with points pt 7 ps 0.7 lc rgb blue
  # Names at the ends of the lines, in the margin; the heading above. Words come as data.
  unset label 1; unset label 2
  unset border; unset xtics; unset ytics; unset grid; unset logscale x
  set xrange [0:1]
  set lmargin at screen px(x + cell - label_width); set rmargin at screen px(x + cell)
  plot 'throughput-labels.dat' using ($1 == i ? 0.06 : NaN):3:4:(line_colour($2)) with labels left noenhanced tc rgb variable
  set yrange [0:1]
  set lmargin at screen px(x + left); set rmargin at screen px(x + cell)
  set tmargin at screen py(y - 36); set bmargin at screen py(y - 20)
  plot 'throughput-panels.dat' using ($1 == i ? 0 : NaN):(0.5):5 with labels left noenhanced tc rgb ink
}
if (strlen(note) > 0) {
  set label 3 note at screen px(left), py(H - 12) left tc rgb muted noenhanced
  set lmargin at screen px(0); set rmargin at screen px(1); set tmargin at screen py(0); set bmargin at screen py(1)
  plot NaN
}
unset multiplot
