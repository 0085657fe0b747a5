# How many times as many tasks this pool does as each peer: a line a peer, a mark for each number of workers.
# Usage and options: style.gp. Data: peers*.dat (FORMAT.md).
output_file = ARG1; narrow = (ARG2 eq 'narrow'); note = ARG3
stats 'peers-groups.dat' using 1 nooutput
groups = int(STATS_max) + 1
stats 'peers-groups.dat' using 3 nooutput
marks = int(STATS_max)
stats 'peers-extent.dat' using 1 nooutput; least = STATS_min
stats 'peers-extent.dat' using 2 nooutput; greatest = STATS_max
array rows[groups]
row = narrow ? 50 : 34
head = 34
foot = 48
height = 26 + (strlen(note) > 0 ? 22 : 0)
do for [g = 1:groups] {
  stats 'peers-groups.dat' using ($1 == g-1 ? $2 : NaN) nooutput
  rows[g] = int(STATS_max)
  height = height + head + rows[g] * row + foot
}
load 'style.gp'

left = narrow ? 14 : 290
right = W - (narrow ? 24 : 40)
# The three marks share a line.
at(row, mark) = row + (narrow ? 0.24 : 0) + 0.22 * (mark - (marks - 1) / 2.0)
name_at = narrow ? -0.26 : 0
mark_colour(m) = m == 0 ? 0x0072b2 : m == 1 ? 0x00795c : 0x8f4e8b
mark_type(m) = m == 0 ? 7 : m == 1 ? 9 : 5

set multiplot
# The key: what a mark means, once.
unset border; unset xtics; unset ytics; unset grid
set lmargin at screen px(left); set rmargin at screen px(right)
set tmargin at screen py(4); set bmargin at screen py(24)
set xrange [left:right]; set yrange [0:1]
plot for [m = 0:2] 'peers-key.dat' using ($1 == m ? left + 6 + 92 * m : NaN):(0.5) with points pt mark_type(m) ps 0.8 lc rgb mark_colour(m), \
     for [m = 0:2] '' using ($1 == m ? left + 16 + 92 * m : NaN):(0.5):2 with labels left noenhanced tc rgb mark_colour(m)
y = 26
do for [g = 0:groups-1] {
  set border 1; set grid xtics; set logscale x
  set lmargin at screen px(left); set rmargin at screen px(right)
  set tmargin at screen py(y + head); set bmargin at screen py(y + head + rows[g+1] * row)
  set xrange [least:greatest]; set yrange [rows[g+1]-0.5:-0.5]
  set xtics () scale 0 nomirror textcolor rgb muted
  every_decade = (log10(greatest / least) > (narrow ? 4 : 8)) ? 2 : 1
  do for [e = ceil(log10(least)-0.01):floor(log10(greatest)+0.01):every_decade] {
    # A hair inside, or rounding may put the ends outside the axis.
    tick_at = 10.0**e
    tick_at = (tick_at < least*1.000001) ? least*1.000001 : (tick_at > greatest/1.000001) ? greatest/1.000001 : tick_at
    tick_label = si_label(10.0**e)
    set xtics add (tick_label tick_at)
  }
  set label 2 'times as many tasks per second' at screen px(right), py(y + head + rows[g+1] * row + 34) right tc rgb muted noenhanced
  set arrow 1 from 1, graph 0 to 1, graph 1 nohead lw 1.4 lc rgb ink
  plot for [m = 0:2] 'peers.dat' using ($1 == g && $3 == m ? $5 : NaN):(at($2, m)):($6-$5):(0) with vectors nohead lt 1 lw 1.6 lc rgb mark_colour(m), \
       for [m = 0:2] '' using ($1 == g && $3 == m ? $4 : NaN):(at($2, m)) with points pt mark_type(m) ps 0.75 lc rgb mark_colour(m), \
       'peers-rows.dat' using ($1 == g && !narrow ? least*1.000001 : NaN):($2 + name_at):3 with labels right offset char -1,0 noenhanced tc rgb ink, \
       '' using ($1 == g && narrow ? least*1.000001 : NaN):($2 + name_at):3 with labels left noenhanced tc rgb ink
  unset label 2; unset arrow 1
  unset border; unset grid; unset xtics; unset logscale x
  set xrange [0:1]; set yrange [0:1]
  set lmargin at screen px(narrow ? left : 24)
  set tmargin at screen py(y + 8); set bmargin at screen py(y + 28)
  plot 'peers-groups.dat' using ($1 == g ? 0 : NaN):(0.5):4 with labels left noenhanced tc rgb ink
  y = y + head + rows[g+1] * row + foot
}
if (strlen(note) > 0) {
  set label 3 note at screen px(10), py(H - 10) left tc rgb muted noenhanced
  set lmargin at screen px(0); set rmargin at screen px(1); set tmargin at screen py(0); set bmargin at screen py(1)
  plot NaN
}
unset multiplot
