# Recovery of several runs: a panel for each stage, a line for each run, quantiles as marks.
# Usage and options: style.gp. Data: recovery-by-run*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
array extent[4]
do for [c = 1:4] { stats 'recovery-by-run-extent.dat' using c nooutput; extent[c] = STATS_max }
low = extent[1] * 1e-6; high = extent[2] * 1e-6; panels = int(extent[3]); rows = int(extent[4])

row = narrow ? 40 : 26
head = 34
panel = rows * row
height = panels * (head + panel) + (strlen(note) > 0 ? 46 : 30)
load 'style.gp'

left = narrow ? 26 : 200        # the names are left of the plot, or above their lines
right = W - (narrow ? 72 : 84)  # the medians are right of it
line_at = narrow ? 0.24 : 0
set multiplot
set logscale x
set border 1; set grid xtics; unset ytics
set lmargin at screen px(left); set rmargin at screen px(right)
set xrange [low:high]; set yrange [rows-0.5:-0.5]
first_decade = floor(log10(low) + 0.01); last_decade = floor(log10(high) + 0.01)
every_decade = (narrow && last_decade - first_decade > 4) ? 2 : 1
inside = low * 1.000001

do for [i = 0:panels-1] {
  y = i * (head + panel)
  set tmargin at screen py(y + head); set bmargin at screen py(y + head + panel)
  unset xtics; unset label
  set xtics () scale 0 nomirror textcolor rgb muted
  do for [e = first_decade:last_decade:every_decade] {
    tick_at = 10.0**e
    tick_at = (tick_at < inside) ? inside : (tick_at > high / 1.000001) ? high / 1.000001 : tick_at
    set xtics add ((i == panels-1 ? time_label(e) : '') tick_at)
  }
  if (i == panels-1) { set label 3 note at screen px(left), py(H - 10) left tc rgb muted noenhanced }
  here(v) = (column(1) == i ? v : NaN)
  plot 'recovery-by-run.dat' using ($4*1e-6):(here($2+line_at)):(($10-$4)*1e-6):(0) with vectors nohead lw 1.2 lc rgb muted, \
       '' using ($5*1e-6):(here($2+line_at)):(($7-$5)*1e-6):(0) with vectors nohead lw 7 lc rgb tint, \
       '' using ($10*1e-6):(here($2+line_at)) with points pt 13 ps 0.8 lc rgb ink, \
       '' using ($9*1e-6):(here($2+line_at)) with points pt 5 ps 0.6 lc rgb ink, \
       '' using ($8*1e-6):(here($2+line_at)) with points pt 9 ps 0.75 lc rgb ink, \
       '' using ($6*1e-6):(here($2+line_at)) with points pt 7 ps 0.8 lc rgb blue, \
       '' using (narrow ? NaN : inside):(here($2)):11 with labels right offset char -1,0 noenhanced tc rgb ink, \
       '' using (narrow ? inside : NaN):(here($2-0.22)):11 with labels left noenhanced tc rgb ink, \
       '' using (high/1.000001):(here($2+line_at)):12 with labels left offset char 1,0 noenhanced tc rgb muted
  # The heading, in a plot of its own over the panel: words come from the data file as data.
  set tmargin at screen py(y); set bmargin at screen py(y + head)
  unset logscale x; unset xtics; unset border; unset grid; unset label 3
  set xrange [0:1]; set yrange [0:head]
  plot 'recovery-by-run-panels.dat' using ($1 == i ? 0 : NaN):(13):2 with labels left noenhanced tc rgb ink
  set logscale x; set xrange [low:high]; set yrange [rows-0.5:-0.5]; set border 1; set grid xtics
}
unset multiplot
