# Curves in small panels over one horizontal axis: what the scripts that load this file share.
# Such a script sets `output_file`, `narrow`, `note` and `data` (the beginning of the names of its data files,
# FORMAT.md). Places on the horizontal axis are computed before, so that 0 can stand on a logarithmic one.

stats data.'-panels.dat' using 1 nooutput
panels = int(STATS_max) + 1
stats data.'-curves.dat' using 1 nooutput
blocks = int(STATS_max) + 1
stats data.'-axis.dat' using 1 nooutput; first = STATS_min
stats data.'-axis.dat' using 2 nooutput; last = STATS_max

columns = narrow ? 1 : (panels < 3 ? panels : 2)
lines = ceil(panels / real(columns))
panel = narrow ? 200 : 250
gap = 34
foot = 46
height = lines * (panel + gap + foot) + (strlen(note) > 0 ? 26 : 0)
load 'style.gp'

left = narrow ? 58 : 66            # for the numbers at the axis
label_width = narrow ? 118 : 140   # for the names at the ends of the curves
cell = (W - 4) / real(columns)

array bottom[panels]; array top[panels]; array is_logarithmic[panels]
do for [i = 1:panels] {
  stats data.'-panels.dat' using ($1 == i-1 ? $2 : NaN) nooutput; bottom[i] = STATS_max
  stats data.'-panels.dat' using ($1 == i-1 ? $3 : NaN) nooutput; top[i] = STATS_max
  stats data.'-panels.dat' using ($1 == i-1 ? $4 : NaN) nooutput; is_logarithmic[i] = STATS_max
}
array panel_of[blocks]; array style_of[blocks]
do for [b = 1:blocks] {
  stats data.'-curves.dat' using ($1 == b-1 ? $2 : NaN) nooutput; panel_of[b] = STATS_max
  stats data.'-curves.dat' using ($1 == b-1 ? $3 : NaN) nooutput; style_of[b] = STATS_max
}

# Styles 0 to 5: median, percentile, second, floor, other floor, theory.
set linetype 101 lw 2.2 pt 7 ps 0.65 lc rgb blue
set linetype 102 lw 1.3 pt 5 ps 0.5 dt (12,3) lc rgb purple
set linetype 103 lw 1.6 pt 9 ps 0.7 lc rgb green
set linetype 104 lw 1.4 pt 1 ps 0.01 dt (8,5) lc rgb muted
set linetype 105 lw 1.4 pt 1 ps 0.01 dt (2,4) lc rgb red
set linetype 106 lw 1.4 pt 1 ps 0.01 dt (10,4,2,4) lc rgb ink
style_colour(s) = s == 0 ? 0x0072b2 : s == 1 ? 0x8f4e8b : s == 2 ? 0x00795c : s == 3 ? 0x59636e : s == 4 ? 0xb84a00 : 0x1f2328
# Bars from the least to the greatest, where a median is drawn.
has_bar(s) = s == 0 || s == 2

set multiplot
unset grid; unset xtics; unset ytics; unset border
do for [i = 0:panels-1] {
  x = left + (i % columns) * cell
  x_end = (i % columns + 1) * cell - label_width
  y = (i / columns) * (panel + gap + foot) + gap
  if (is_logarithmic[i+1]) { set logscale y } else { unset logscale y }
  set yrange [bottom[i+1]:top[i+1]]
  # The numbers, in the margin to the left.
  set tmargin at screen py(y); set bmargin at screen py(y + panel)
  set lmargin at screen px(x - left); set rmargin at screen px(x)
  set xrange [0:1]
  plot data.'-y-ticks.dat' using ($1 == i ? 0.9 : NaN):2:3 with labels right noenhanced tc rgb muted
  # The curves.
  set lmargin at screen px(x); set rmargin at screen px(x_end)
  set xrange [first:last]
  set border 1
  plot data.'-y-ticks.dat' using (first):($1 == i ? $2 : NaN):(last-first):(0) with vectors nohead lt 1 lw 0.6 lc rgb grid, \
       for [b = 1:blocks] data.'.dat' index b-1 using 2:(panel_of[b] == i && has_bar(style_of[b]) ? $4 : NaN):(0):($5-$4) \
         with vectors nohead lt 1 lw 1.2 lc rgb style_colour(style_of[b]), \
       for [b = 1:blocks] data.'.dat' index b-1 using 2:(panel_of[b] == i ? $3 : NaN) with linespoints lt 101+int(style_of[b])
  unset border
  # Names at the ends of the curves.
  set lmargin at screen px(x_end); set rmargin at screen px(x_end + label_width)
  set xrange [0:1]
  plot data.'-labels.dat' using ($1 == i ? 0.06 : NaN):3:4:(style_colour($2)) with labels left noenhanced tc rgb variable
  # The numbers of the horizontal axis below, with its title; the heading above.
  unset logscale y
  set yrange [0:1]
  set lmargin at screen px(x); set rmargin at screen px(x_end)
  set tmargin at screen py(y + panel + 4); set bmargin at screen py(y + panel + 22)
  set xrange [first:last]
  plot data.'-x-ticks.dat' using 1:(0.5):2 with labels center noenhanced tc rgb muted
  set tmargin at screen py(y + panel + 22); set bmargin at screen py(y + panel + 40)
  set xrange [0:1]
  plot data.'-axis.dat' using (1):(0.5):3 with labels right noenhanced tc rgb muted
  set lmargin at screen px(x - left + 6); set rmargin at screen px(x_end)
  set tmargin at screen py(y - 28); set bmargin at screen py(y - 10)
  plot data.'-panels.dat' using ($1 == i ? 0 : NaN):(0.5):5 with labels left noenhanced tc rgb ink
}
if (strlen(note) > 0) {
  set label 3 note at screen px(8), py(H - 12) left tc rgb muted noenhanced
  set lmargin at screen px(0); set rmargin at screen px(1); set tmargin at screen py(0); set bmargin at screen py(1)
  plot NaN
}
unset multiplot
