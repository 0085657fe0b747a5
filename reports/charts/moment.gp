# The moment of a finding: a lane for each worker and each task that had a part in it. Loaded by moment-1.gp
# and so on, which set `data`, `output_file`, `narrow` and `note` (style.gp). Data: MOMENT-*.dat (FORMAT.md).
array extent[4]
do for [c = 1:4] { stats data.'-extent.dat' using c nooutput; extent[c] = STATS_max }
from = extent[1]; to = extent[2]; lanes = int(extent[3]); faults = int(extent[4])

lane_height = 26
bottom = 14 + lane_height * lanes
height = bottom + 44
load 'style.gp'

left = narrow ? 100 : 118
right = W - (narrow ? 76 : 92)
set multiplot
set lmargin at screen px(left); set rmargin at screen px(right)
set tmargin at screen py(6); set bmargin at screen py(bottom)
set xrange [from:to]; set yrange [lanes:0]
unset ytics; set grid noytics xtics
step = round_step(to - from, narrow ? 3 : 8)
digits = step >= 1 ? 0 : int(ceil(-log10(step) - 1e-9))
set xtics step format sprintf('%%.%df', digits) scale 0 nomirror textcolor rgb muted
set border 1 lc rgb muted
set label 1 'seconds since the start' at screen px(right), py(bottom + 34) right tc rgb muted noenhanced
set label 2 note at screen px(left), py(bottom + 34) left tc rgb muted noenhanced

lanes_file = data.'-lanes.dat'
# Columns: 1 lane, 2 is_task, 3 from_s, 4 to_s, 5 starts_here, 6 end, 7 name, 8 outcome. Ends: 0 goes on, 1 by a
# fault, 2 gone, 3 done, 4 failed, 5 unanswered.
middle(lane) = lane + 0.5
worker(v) = (column(2) == 0 ? v : NaN)
task(v) = (column(2) == 1 ? v : NaN)
ends(kind, v) = (column(6) == kind ? v : NaN)
if (faults > 0) {
  plot data.'-faults.dat' using 1:(0):(0):(lanes) with vectors nohead lw 1.2 dt (4,3) lc rgb red
  unset label 1; unset label 2; unset xtics; unset grid; unset border
}
plot lanes_file using 3:(worker(middle($1))):3:4:(middle($1)-0.27):(middle($1)+0.27) with boxxyerror fc rgb tint, \
     '' using 3:(worker($5 == 1 ? middle($1)-0.27 : NaN)):(0):(0.54) with vectors nohead lw 2.2 lc rgb blue, \
     '' using 3:(task(column(6) != 5 ? middle($1) : NaN)):($4-$3):(0) with vectors nohead lw 1.8 lc rgb ink, \
     '' using 3:(task(column(6) == 5 ? middle($1) : NaN)):($4-$3):(0) with vectors nohead lw 1.8 dt (2,3) lc rgb ink, \
     '' using 3:(task($5 == 1 ? middle($1) : NaN)) with points pt 7 ps 0.6 lc rgb ink, \
     '' using 4:(ends(1, middle($1))) with points pt 2 ps 1.1 lw 2.4 lc rgb red, \
     '' using 4:(ends(2, middle($1))) with points pt 2 ps 0.9 lw 1.6 lc rgb muted, \
     '' using 4:(ends(3, middle($1))) with points pt 7 ps 0.9 lc rgb green, \
     '' using 4:(ends(4, middle($1))) with points pt 2 ps 1.0 lw 2 lc rgb red, \
     '' using (from):(middle($1)):7 with labels right offset char -1,0 noenhanced tc rgb ink, \
     '' using (to):(ends(0, middle($1))):8 with labels left offset char 1,0 noenhanced tc rgb muted, \
     '' using (to):(ends(1, middle($1))):8 with labels left offset char 1,0 noenhanced tc rgb red, \
     '' using (to):(ends(2, middle($1))):8 with labels left offset char 1,0 noenhanced tc rgb muted, \
     '' using (to):(ends(3, middle($1))):8 with labels left offset char 1,0 noenhanced tc rgb green, \
     '' using (to):(ends(4, middle($1))):8 with labels left offset char 1,0 noenhanced tc rgb red, \
     '' using (to):(ends(5, middle($1))):8 with labels left offset char 1,0 noenhanced tc rgb red
unset multiplot
