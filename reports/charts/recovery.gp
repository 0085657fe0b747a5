# Recovery over workers: a panel for each stage, percentiles as lines, the floors dashed.
# Usage and options: style.gp. Data: recovery*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
stats 'recovery-panels.dat' using 1 nooutput
panels = int(STATS_max) + 1
array extent[5]
do for [c = 2:5] { stats 'recovery-panels.dat' using c nooutput; extent[c] = (c % 2 == 0) ? STATS_min : STATS_max }
least = extent[2] * 1e-6; greatest = extent[3] * 1e-6; first = extent[4]; last = extent[5]
do for [k = 4:5] { stats 'recovery-floors.dat' using ($1 == k ? $2 : NaN) nooutput; extent[k] = STATS_max * 1e-6 }
pidfd = extent[4]; futex = extent[5]

columns = narrow ? 1 : panels
lines = narrow ? panels : 1
panel = narrow ? 210 : 280
gap = 30
height = lines * (panel + gap + 44) + (strlen(note) > 0 ? 26 : 0)
load 'style.gp'

left = 62
label_width = 130
cell = (W - 4 - (columns > 1 ? left : 0)) / real(columns)

# p50, p90, p99, max, pidfd, robust futex.
line_colour(kind) = kind == 0 ? 0x0072b2 : kind == 1 ? 0x00795c : kind == 2 ? 0x8f4e8b : kind == 3 ? 0x1f2328 : kind == 4 ? 0x59636e : 0xb84a00

set multiplot
set yrange [least:greatest]
do for [i = 0:panels-1] {
  x = (columns > 1) ? left + i * cell : left
  x_end = (columns > 1) ? x + cell : real(W) - 2
  y = (columns > 1 ? 0 : i * (panel + gap + 44)) + gap
  set logscale x 2; set logscale y 10
  set xrange [first / 1.25 : last * 1.25]; set yrange [least:greatest]
  x_step = workers_step(first, last, narrow ? 5 : 4)
  set xtics x_step format '%.0f' scale 0 nomirror textcolor rgb muted
  # One scale for all panels: the numbers stand once, where the panels are side by side.
  set ytics () scale 0 nomirror textcolor rgb muted
  do for [e = ceil(log10(least)-0.01):floor(log10(greatest)+0.01)] {
    tick_label = (columns == 1 || i == 0) ? time_label(e) : ''
    set ytics add (tick_label 10.0**e)
  }
  set border 1; set grid ytics
  set lmargin at screen px(x); set rmargin at screen px(x_end - label_width)
  set tmargin at screen py(y); set bmargin at screen py(y + panel)
  set label 2 'workers' at screen px(x_end - label_width), py(y + panel + 36) right tc rgb muted noenhanced
  plot (pidfd > 0 ? pidfd : NaN) with lines lw 1.3 dt (8,5) lc rgb muted, \
       (futex > 0 ? futex : NaN) with lines lw 1.3 dt (2,4) lc rgb red, \
       'recovery.dat' index i using 1:($5*1e-6) with linespoints lw 1.1 pt 12 ps 0.6 lc rgb ink, \
       '' index i using 1:($4*1e-6) with linespoints lw 1.4 pt 5 ps 0.5 lc rgb purple, \
       '' index i using 1:($3*1e-6) with linespoints lw 1.4 pt 9 ps 0.65 lc rgb green, \
       '' index i using 1:($2*1e-6) with linespoints lw 2.2 pt 7 ps 0.65 lc rgb blue
  unset label 2
  unset border; unset xtics; unset ytics; unset grid; unset logscale x
  set xrange [0:1]
  set lmargin at screen px(x_end - label_width); set rmargin at screen px(x_end)
  plot 'recovery-labels.dat' using ($1 == i ? 0.06 : NaN):($3*1e-6):4:(line_colour($2)) with labels left noenhanced tc rgb variable
  unset logscale y
  set yrange [0:1]
  set lmargin at screen px(x); set rmargin at screen px(x_end)
  set tmargin at screen py(y - 22); set bmargin at screen py(y - 6)
  plot 'recovery-panels.dat' using ($1 == i ? 0 : NaN):(0.5):6 with labels left noenhanced tc rgb ink
}
if (strlen(note) > 0) {
  set label 3 note at screen px(left), py(H - 12) left tc rgb muted noenhanced
  set lmargin at screen px(0); set rmargin at screen px(1); set tmargin at screen py(0); set bmargin at screen py(1)
  plot NaN
}
unset multiplot
