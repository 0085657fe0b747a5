# How long recovery took in a chaos run: for each stage the share of kills that had reached it.
# Usage and options: style.gp. Data: recovery-latency.dat, recovery-latency-quantiles.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
stats 'recovery-latency-quantiles.dat' using 1 nooutput
rows = int(STATS_max) + 1
stats 'recovery-latency-quantiles.dat' using 6 nooutput
greatest = STATS_max
stats 'recovery-latency.dat' using 1 nooutput
least = STATS_min

panel = narrow ? 66 : 72
gap = narrow ? 58 : 40
height = rows * (panel + gap) + 46
load 'style.gp'

left = narrow ? 50 : 58
right = W - (narrow ? 14 : 24)
set multiplot
set lmargin at screen px(left); set rmargin at screen px(right)
set logscale x
first_decade = floor(log10(least) + 0.001) - 6; last_decade = ceil(log10(greatest * 1.02)) - 6
x_min = 10.0**first_decade; x_max = 10.0**last_decade
every_decade = (narrow && last_decade - first_decade > 4) ? 2 : 1
set xrange [x_min:x_max]
set xtics 10 format '' scale 0 nomirror textcolor rgb muted
set grid xtics ytics
set yrange [0:1.06]
set ytics ('0' 0, '50 %%' 0.5, '100 %%' 1) scale 0 nomirror textcolor rgb muted
bottom = rows * (panel + gap)

quantiles(p50, p90, p99, max) = narrow ? sprintf("● %s  ▲ %s  ■ %s  ◆ %s", p50, p90, p99, max) : \
  sprintf("● p50 %s   ▲ p90 %s   ■ p99 %s   ◆ max %s", p50, p90, p99, max)
# The marks of the quantiles: circle, triangle, square, diamond; the same in the heading.
do for [i = 0:rows-1] {
  y = i * (panel + gap) + gap
  set tmargin at screen py(y); set bmargin at screen py(y + panel)
  if (i == rows-1) {
    unset xtics
    set xtics () scale 0 nomirror textcolor rgb muted
    do for [e = first_decade:last_decade:every_decade] { set xtics add (time_label(e) 10.0**e) }
    set label 3 note at screen px(left), py(bottom + 36) left tc rgb muted noenhanced
  }
  unset label 1; unset label 2

  plot 'recovery-latency.dat' index i using ($1*1e-6):2 with fillsteps fc rgb tint, \
       '' index i using ($1*1e-6):2 with steps lw 1.6 lc rgb blue, \
       'recovery-latency-quantiles.dat' using ($1 == i ? $3*1e-6 : NaN):(0.5) with points pt 7 ps 0.75 lc rgb ink, \
       '' using ($1 == i ? $4*1e-6 : NaN):(0.9) with points pt 9 ps 0.85 lc rgb ink, \
       '' using ($1 == i ? $5*1e-6 : NaN):(0.99) with points pt 5 ps 0.7 lc rgb ink, \
       '' using ($1 == i ? $6*1e-6 : NaN):(1.0) with points pt 13 ps 0.9 lc rgb ink
  # The heading, in a plot of its own over the panel: words come from the data file as data.
  set tmargin at screen py(y - gap); set bmargin at screen py(y)
  unset logscale x; unset xtics; unset ytics; unset border; unset grid; unset label 3
  set xrange [0:1]; set yrange [0:gap]
  first_line = narrow ? 34 : 13
  plot 'recovery-latency-quantiles.dat' using ($1 == i ? 0 : NaN):(first_line):7 with labels left noenhanced tc rgb ink, \
       '' using ($1 == i && !narrow ? 1 : NaN):(13):(quantiles(strcol(8), strcol(9), strcol(10), strcol(11))) \
         with labels right noenhanced tc rgb muted, \
       '' using ($1 == i && narrow ? 0 : NaN):(13):(quantiles(strcol(8), strcol(9), strcol(10), strcol(11))) \
         with labels left noenhanced tc rgb muted
  set logscale x; set xrange [x_min:x_max]; set yrange [0:1.06]
  set border 1; set grid xtics ytics; set xtics 10 format '' scale 0 nomirror
  set ytics ('0' 0, '50 %%' 0.5, '100 %%' 1) scale 0 nomirror textcolor rgb muted
}
unset multiplot
