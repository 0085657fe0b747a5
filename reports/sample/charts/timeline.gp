# A chaos run over time: faults, tasks per second, workers alive, tasks outstanding.
# Usage and options: style.gp. Data: timeline-*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
array extent[6]
do for [c = 1:6] { stats 'timeline-extent.dat' using c nooutput; extent[c] = STATS_max }
length = extent[1]; rate_max = extent[2]; workers_max = extent[3]; outstanding_max = extent[4]
rows = int(extent[5]); marks = extent[6]

row_height = 20
strip = 24 + row_height * rows   # phase names, and a row for each kind of fault
panel = narrow ? 92 : 112
gap = 34                         # the heading of a panel
height = strip + 3 * (panel + gap) + 46
load 'style.gp'

left = narrow ? 64 : 96     # for the names of the faults and the numbers at the axes
right = W - (narrow ? 44 : 56)  # for the number of faults
set multiplot
set lmargin at screen px(left); set rmargin at screen px(right)
set xrange [0:length]

# The phases lie behind everything, from the strip to the last axis.
bottom = strip + 3 * (panel + gap)
set tmargin at screen py(20); set bmargin at screen py(bottom)
unset border; unset xtics; unset ytics; unset grid
set yrange [0:1]
plot 'timeline-phases.dat' using ($3 == 1 ? $1 : NaN):(0):1:2:(0):(1) with boxxyerror fc rgb shade
set tmargin at screen py(0); set bmargin at screen py(20)
span_min = length * (narrow ? 0.17 : 0.07)
plot 'timeline-phases.dat' using ($2-$1 >= span_min ? ($1+$2)/2 : NaN):(0.45):4 \
  with labels center noenhanced tc rgb muted

# Every fault: a full mark where it was installed, a short pale one where it was not.
if (rows > 0) {
  set tmargin at screen py(22); set bmargin at screen py(22 + row_height * rows)
  set yrange [rows:0]
  plot 'timeline-faults.dat' using 1:($4 == 1 ? $2+0.14 : NaN):(0):(0.72) with vectors nohead lw 1.1 lc rgb red, \
       '' using 1:($4 == 0 ? $2+0.36 : NaN):(0):(0.28) with vectors nohead lw 1.1 lc rgb muted, \
       'timeline-fault-rows.dat' using (0):($4 == 1 ? $1+0.52 : NaN):3 with labels right offset char -0.8,0 noenhanced tc rgb red, \
       '' using (0):($4 == 0 ? $1+0.52 : NaN):3 with labels right offset char -0.8,0 noenhanced tc rgb muted, \
       '' using (length):($1+0.52):2 with labels left offset char 0.8,0 noenhanced tc rgb muted
  # Few enough to be followed down by the eye.
  if (marks <= 80) {
    set tmargin at screen py(22 + row_height * rows); set bmargin at screen py(bottom)
    set yrange [0:1]
    plot 'timeline-faults.dat' using ($4 == 1 ? $1 : NaN):(0):(0):(1) with vectors nohead lw 0.8 lc rgb trace
  }
}

x_step = round_step(length, narrow ? 4 : 8)
set border 1; set grid ytics
set xtics x_step format '' scale 0 nomirror textcolor rgb muted

top(i) = strip + i * (panel + gap) + gap
y_max = 0
do for [i = 0:2] {
  y_max = (i == 0 ? rate_max : i == 1 ? workers_max : outstanding_max)
  y_max = (y_max > 0) ? 1.06 * y_max : 1
  heading = (i == 0) ? 'tasks per second' : (i == 1) ? 'workers alive' : 'tasks outstanding'
  set tmargin at screen py(top(i)); set bmargin at screen py(top(i) + panel)
  set yrange [0:y_max]
  y_step = round_step(y_max, 3)
  if (i > 0 && y_step < 1) { y_step = 1 }
  set ytics () scale 0 nomirror textcolor rgb muted
  do for [k = 0:int(y_max / y_step)] { set ytics add (si_label(k * y_step) k * y_step) }
  set label 1 heading at screen px(left), py(top(i) - 11) left tc rgb ink noenhanced
  if (i == 2) {
    set xtics format '%g'
    set label 2 'seconds since the start' at screen px(right), py(bottom + 36) right tc rgb muted noenhanced
    set label 3 note at screen px(left), py(bottom + 36) left tc rgb muted noenhanced
  }
  if (i == 0) {
    plot 'timeline-rate.dat' using 1:2 with filledcurves y1=0 fc rgb tint, \
         '' using 1:2 with lines lw 1.6 lc rgb blue
  } else {
    data = (i == 1) ? 'timeline-workers.dat' : 'timeline-outstanding.dat'
    plot data using 1:3:4 with filledcurves fc rgb tint, \
         '' using 1:2 with lines lw 1.6 lc rgb blue
  }
}
unset multiplot
