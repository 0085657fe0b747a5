# What the machine alone needs: the floors, one a line, times and rates.
# Usage and options: style.gp. Data: floors-*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
array extent[6]
do for [c = 1:6] { stats 'floors-extent.dat' using c nooutput; extent[c] = STATS_max }
latencies = int(extent[1]); least = extent[2] * 1e-6; greatest = extent[3] * 1e-6
rates = int(extent[4]); rate_least = extent[5]; rate_greatest = extent[6]

row = narrow ? 42 : 26
head = 30
foot = 36
group_height(rows) = rows > 0 ? head + rows * row + foot : 0
height = group_height(latencies) + group_height(rates) + (strlen(note) > 0 ? 22 : 0)
load 'style.gp'

left = narrow ? 24 : 290        # the names are left of the plot, or above their lines
right = W - (narrow ? 78 : 96)  # the medians are right of it
dot_at = narrow ? 0.22 : 0
name_at = narrow ? -0.2 : 0

set multiplot
set logscale x
set border 1; set grid xtics; unset ytics
set lmargin at screen px(left); set rmargin at screen px(right)
y = 0
do for [group = 0:1] {
  rows = (group == 0) ? latencies : rates
  if (rows > 0) {
    low = (group == 0) ? least : rate_least
    high = (group == 0) ? greatest : rate_greatest
    scale = (group == 0) ? 1e-6 : 1
    data = (group == 0) ? 'floors-latency.dat' : 'floors-throughput.dat'
    heading = (group == 0) ? 'time' : 'messages per second'
    # From the dot to the end of its bar: the 99th percentile, or least and greatest.
    from_column = (group == 0) ? 2 : 3
    name_column = 5; value_column = 6
    inside = low * 1.000001
    set tmargin at screen py(y + head); set bmargin at screen py(y + head + rows * row)
    set xrange [low:high]; set yrange [rows-0.5:-0.5]
    unset xtics
    set xtics () scale 0 nomirror textcolor rgb muted
    first_decade = floor(log10(low) + 0.01); last_decade = floor(log10(high) + 0.01)
    every_decade = (narrow && last_decade - first_decade > 4) ? 2 : 1
    do for [e = first_decade:last_decade:every_decade] {
      tick_label = (group == 0) ? time_label(e) : si_label(10.0**e)
      # A hair inside, or rounding may put the ends outside the axis.
      tick_at = 10.0**e
      tick_at = (tick_at < inside) ? inside : (tick_at > high / 1.000001) ? high / 1.000001 : tick_at
      set xtics add (tick_label tick_at)
    }
    set label 1 heading at screen px(left), py(y + 15) left tc rgb ink noenhanced
    plot data using (column(from_column)*scale):($1+dot_at):((column(4)-column(from_column))*scale):(0) \
           with vectors nohead lw 3 lc rgb tint, \
         '' using (group == 0 ? $3*scale : NaN):($1+dot_at-0.16):(0):(0.32) with vectors nohead lw 1.4 lc rgb blue, \
         '' using ($2*scale):($1+dot_at) with points pt 7 ps 0.7 lc rgb blue, \
         '' using (narrow ? NaN : inside):($1):name_column with labels right offset char -1,0 noenhanced tc rgb ink, \
         '' using (narrow ? inside : NaN):($1+name_at):name_column with labels left noenhanced tc rgb ink, \
         '' using (high/1.000001):($1+dot_at):value_column with labels left offset char 1,0 noenhanced tc rgb muted
    y = y + group_height(rows)
  }
}
unset label 1
if (strlen(note) > 0) {
  set label 3 note at screen px(10), py(H - 10) left tc rgb muted noenhanced
  unset logscale; unset border; unset xtics; unset grid; set xrange [0:1]; set yrange [0:1]
  plot NaN
}
unset multiplot
